import * as maplibregl from './maplibre-gl.mjs';

const style = { version: 8, sources: {}, layers: [{ id: 'land', type: 'background', paint: { 'background-color': '#eee' } }] };
const map = new maplibregl.Map({ container: 'map', style, center: [123.4, 41.8], zoom: 11, attributionControl: false });
const drawn = new Promise(done => map.once('load', done));
const [stations, here] = await Promise.all([fetch('stations.json').then(answer => answer.json()), position()]);
listNearest(stations, here);
await drawn;
map.jumpTo({ center: [here.longitude, here.latitude], zoom: 13 });
// The clusters of the library itself; counts as sizes, as letters would need fonts from a server.
map.addSource('stations', { type: 'geojson', data: stations, cluster: true });
const size = ['step', ['coalesce', ['get', 'point_count'], 1], 6, 2, 14, 100, 20, 1000, 28];
map.addLayer({ id: 'stations', type: 'circle', source: 'stations', paint: { 'circle-color': '#c33', 'circle-radius': size } });
