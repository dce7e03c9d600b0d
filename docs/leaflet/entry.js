import {Map} from 'leaflet/src/map/Map';
import {DoubleClickZoom} from 'leaflet/src/map/handler/Map.DoubleClickZoom';
import {Drag} from 'leaflet/src/map/handler/Map.Drag';
import {Keyboard} from 'leaflet/src/map/handler/Map.Keyboard';
import {ScrollWheelZoom} from 'leaflet/src/map/handler/Map.ScrollWheelZoom';
import {TouchZoom} from 'leaflet/src/map/handler/Map.TouchZoom';
import 'leaflet/src/control/Control.Zoom';
import {Control} from 'leaflet/src/control/Control';
import {create} from 'leaflet/src/dom/DomUtil';
import {disableClickPropagation} from 'leaflet/src/dom/DomEvent';
import {Point} from 'leaflet/src/geometry/Point';
import {LatLng} from 'leaflet/src/geo/LatLng';
import {LatLngBounds} from 'leaflet/src/geo/LatLngBounds';
import {LayerGroup} from 'leaflet/src/layer/LayerGroup';
import {FeatureGroup} from 'leaflet/src/layer/FeatureGroup';
import {Marker} from 'leaflet/src/layer/marker/Marker';
import {divIcon} from 'leaflet/src/layer/marker/DivIcon';
import {TileLayer} from 'leaflet/src/layer/tile/TileLayer';
import {canvas} from 'leaflet/src/layer/vector/Canvas';
import {CircleMarker} from 'leaflet/src/layer/vector/CircleMarker';
import {Circle} from 'leaflet/src/layer/vector/Circle';
import {Polyline} from 'leaflet/src/layer/vector/Polyline';
import {Polygon} from 'leaflet/src/layer/vector/Polygon';

Map.DoubleClickZoom = DoubleClickZoom;
Map.Drag = Drag;
Map.Keyboard = Keyboard;
Map.ScrollWheelZoom = ScrollWheelZoom;
Map.TouchZoom = TouchZoom;

// As control/Control.Attribution.js without lists and flags: the app writes the text.
const Attribution = Control.extend({
	options: {position: 'bottomright'},
	onAdd: function () {
		const container = create('div', 'leaflet-control-attribution');
		disableClickPropagation(container);
		return container;
	}
});
Map.addInitHook(function () {
	new Attribution().addTo(this);
});

// As layer/vector/Renderer.getRenderer.js, for a map that is made with a canvas.
Map.include({
	getRenderer: function (layer) {
		var renderer = layer.options.renderer || this.options.renderer;
		if (!this.hasLayer(renderer)) this.addLayer(renderer);
		return renderer;
	}
});

export {Map, Point, LatLng, LatLngBounds, LayerGroup, FeatureGroup, Marker, divIcon, TileLayer, canvas, CircleMarker, Circle, Polyline, Polygon};
