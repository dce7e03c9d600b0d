(async () => {
  const map = L.map('map', { maxZoom: 18 }).setView([41.8, 123.4], 12);
  const [stations, here] = await Promise.all([fetch('stations.json').then(answer => answer.json()), position()]);
  map.setView([here.latitude, here.longitude], 14);
  listNearest(stations, here);
  // The list is painted before the map has its turn.
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  // As the documentation advises for many points.
  const clusters = L.markerClusterGroup({ chunkedLoading: true });
  clusters.addLayers(stations.features.map(({ geometry: { coordinates: [lng, lat] }, properties }) =>
    L.marker([lat, lng], { title: properties.name, alt: properties.name })));
  clusters.on('click', event => event.layer.bindPopup(event.layer.options.title).openPopup());
  map.addLayer(clusters);
})();
