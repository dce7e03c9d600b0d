// The list of a plain page: all stations sorted by distance, the nearest ten shown.

const rad = Math.PI / 180;

function metres([lng, lat], here) {
  const half = angle => Math.sin(angle * rad / 2) ** 2;
  const part = half(lat - here.latitude) + Math.cos(lat * rad) * Math.cos(here.latitude * rad) * half(lng - here.longitude);
  return 12742000 * Math.asin(Math.sqrt(part));
}

function position() {
  return new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(at => resolve(at.coords), reject));
}

function listNearest(stations, here) {
  const far = stations.features.map(station => ({ station, far: metres(station.geometry.coordinates, here) }));
  far.sort((a, b) => a.far - b.far);
  const rows = far.slice(0, 10).map(({ station, far }) => {
    const { name, kind, hours, address, phone, has } = station.properties;
    const row = document.createElement('li');
    const head = document.createElement('b');
    head.textContent = name;
    row.append(head, `${far < 1000 ? `${Math.round(far)} 米` : `${(far / 1000).toFixed(1)} 公里`} · ${kind} · ${hours ?? ''} · ${address ?? ''} · ${has.join(' ')} · ${phone ?? ''}`);
    return row;
  });
  document.getElementById('list').replaceChildren(...rows);
}
