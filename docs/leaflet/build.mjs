// Makes `leaflet.js` beside this file from Leaflet's own sources and `entry.js`: what the app uses of it, for the browsers
// that can run the app. See README.md.
import {build} from 'esbuild';
import {minify} from 'terser';
import {readFileSync, writeFileSync} from 'node:fs';

// What Browser.js would find out, where every browser that runs this app's WebAssembly has the same answer.
const KNOWN = {
	ie: false, ielt9: false, edge: false, ie3d: false, any3d: true, msPointer: false, pointer: true, passiveEvents: true,
	canvas: true, svg: false, vml: false, inlineSvg: false, mobileOpera: false,
};

// Markers are never dragged, and each has an icon of its own.
const STUBS = {
	'layer/marker/Marker.Drag.js': 'export var MarkerDrag;',
	'layer/marker/Icon.Default.js': 'export function IconDefault() {}',
};

// Methods that are not called in what the app does with a map, by their files.
const UNUSED = {
	'geometry/Bounds.js': ['pad'],
	'geo/LatLngBounds.js': ['pad', 'toBBoxString'],
	'geo/LatLng.js': ['wrap'],
	'map/Map.js': [
		'fitWorld', 'flyTo', 'flyToBounds', 'setMinZoom', 'setMaxZoom', 'locate', 'stopLocate', '_handleGeolocationError',
		'_handleGeolocationResponse', 'getPanes', 'mouseEventToLatLng', '_latLngBoundsToNewLayerBounds',
	],
	'map/handler/Map.Drag.js': ['_onPreDragWrap'],
	'layer/LayerGroup.js': ['getLayer', 'getLayers', 'setZIndex'],
	'layer/FeatureGroup.js': ['bringToFront', 'bringToBack', 'getBounds'],
	'layer/marker/Icon.js': ['createIcon', 'createShadow', '_createIcon', '_createImg', '_getIconUrl'],
	'layer/marker/Marker.js': ['setLatLng', 'getIcon', 'setIcon', 'getElement', '_getPopupAnchor', '_getTooltipAnchor'],
	'layer/tile/GridLayer.js': [
		'bringToFront', 'bringToBack', 'setZIndex', 'isLoading', 'createTile', '_setAutoZIndex', '_keyToBounds',
	],
	'layer/tile/TileLayer.js': ['setUrl'],
	'layer/vector/Canvas.js': ['_bringToFront', '_bringToBack'],
	'layer/vector/Path.js': ['bringToFront', 'bringToBack', 'getElement'],
	'layer/vector/CircleMarker.js': ['setLatLng', 'getRadius'],
	'layer/vector/Circle.js': ['getRadius'],
	'layer/vector/Polyline.js': ['getLatLngs', 'setLatLngs', 'isEmpty', 'closestLayerPoint', 'addLatLng', 'getCenter'],
	'layer/vector/Polygon.js': ['isEmpty', 'getCenter'],
};

// What Leaflet does otherwise here, by file: [what stands there, what comes in its place].
const CHANGED = {
	// A canvas is drawn anew when the map shows what is not on it, or soon will: to draw and to copy one takes a slow phone longer than a
	// frame, and Leaflet does it each time that the map has moved.
	'layer/vector/Renderer.js': [
		['moveend: this._update,', 'moveend: this._onMoveEnd,'],
		['\t_onAnimZoom:', `\t_onMoveEnd: function () {
		var map = this._map, size = map.getSize(), edge = size.multiplyBy(0.1),
		    seen = new Bounds(map.containerPointToLayerPoint(edge.multiplyBy(-1)), map.containerPointToLayerPoint(size.add(edge)));
		if (this._zoom !== map.getZoom() || !size.equals(this._size) || !this._bounds.contains(seen)) this._update();
	},

	_onAnimZoom:`],
		['\t\tthis._center = ', '\t\tthis._size = size;\n\t\tthis._center = '],
	],
	// A point of the canvas is one of the screen, where Leaflet makes it half of one on every screen finer than 1; never finer than half.
	'layer/vector/Canvas.js': [
		['m = Browser.retina ? 2 : 1', 'm = Math.max(1, Math.min(2, devicePixelRatio))'],
		['if (Browser.retina) {\n\t\t\tthis._ctx.scale(2, 2);\n\t\t}', 'this._ctx.scale(m, m);'],
	],
};

function reduced(file, text) {
	for (const [from, to] of CHANGED[file] ?? []) {
		if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
		text = text.replace(from, to);
	}
	for (const [name, value] of Object.entries(KNOWN)) text = text.replaceAll(new RegExp(`\\bBrowser\\.${name}\\b`, 'g'), value);
	for (const name of UNUSED[file] ?? []) {
		const method = new RegExp(`^\\t${name}: function[^]*?^\\t\\}(,|$)`, 'm');
		if (!method.test(text)) throw new Error(`${file} has no ${name}`);
		text = text.replace(method, '');
	}
	return text;
}

const bundle = await build({
	entryPoints: ['entry.js'], bundle: true, format: 'iife', globalName: 'L', footer: {js: 'window.L=L;'}, target: 'es2018',
	minifySyntax: true, write: false,
	plugins: [{
		name: 'reduced',
		setup: (build) => build.onLoad({filter: /leaflet\/src\/.*\.js$/}, ({path}) => {
			const file = path.split('leaflet/src/')[1];
			return {contents: STUBS[file] ?? reduced(file, readFileSync(path, 'utf8'))};
		}),
	}],
});
const small = await minify(bundle.outputFiles[0].text, {
	ecma: 2018, toplevel: true, compress: {passes: 4, unsafe_methods: true},
	// The app reads a marker's `_icon`.
	mangle: {properties: {regex: /^_/, reserved: ['_icon']}},
});
writeFileSync('leaflet.js', small.code);
