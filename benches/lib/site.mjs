// The pages that are compared, and the server that they all come from.

import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join, normalize} from 'node:path';
import {brotliCompressSync, constants} from 'node:zlib';

const KINDS = {
    '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8',
    '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml',
    '.png': 'image/png', '.webmanifest': 'application/manifest+json',
};
/** Beyond so many bytes the best quality takes minutes. */
const LARGE = 16e6;

/** What each peer's page loads: names of its own files (`benches/pages`) and of npm's. */
const PEERS = {
    markercluster: {
        own: ['markercluster.html', 'markercluster.js', 'nearest.js', 'page.css'],
        npm: ['leaflet/dist/leaflet.js', 'leaflet/dist/leaflet.css', 'leaflet.markercluster/dist/leaflet.markercluster.js',
            'leaflet.markercluster/dist/MarkerCluster.css', 'leaflet.markercluster/dist/MarkerCluster.Default.css'],
    },
    maplibre: {
        own: ['maplibre.html', 'maplibre.js', 'nearest.js', 'page.css'],
        npm: ['maplibre-gl/dist/maplibre-gl.mjs', 'maplibre-gl/dist/maplibre-gl-worker.mjs', 'maplibre-gl/dist/maplibre-gl-shared.mjs',
            'maplibre-gl/dist/maplibre-gl.css'],
    },
};

function pack(bytes, name) {
    const quality = bytes.length > LARGE ? 9 : 11;
    return brotliCompressSync(bytes, {params: {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_MODE]: /\.(png|wasm)$/.test(name) ? 0 : constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    }});
}

/** The stations as such a page would have them: what it shows, in one file of GeoJSON. */
function geojson(source) {
    const text = value => value?.zh ?? value ?? undefined;
    const features = JSON.parse(readFileSync(source, 'utf8')).stations.filter(station => station.location.lat !== null).map(station => {
        const {lat, lng, district, address} = station.location;
        const properties = {
            id: station.id, name: text(station.name), kind: station.kind, district, address: text(address), hours: text(station.hours),
            phone: station.contacts.find(contact => contact.phone)?.phone,
            has: station.amenities.filter(amenity => amenity.state === 'ok').map(amenity => amenity.id),
        };
        return {type: 'Feature', geometry: {type: 'Point', coordinates: [lng, lat]}, properties};
    });
    return Buffer.from(JSON.stringify({type: 'FeatureCollection', features}));
}

/** Makes the peers' pages of a list of stations, each in a folder of its own within `folder`, unless they are there. */
export function peers(folder, source, own, npm) {
    for (const [name, files] of Object.entries(PEERS)) {
        const to = join(folder, name);
        rmSync(to, {recursive: true, force: true});
        mkdirSync(to);
        const put = (name, bytes) => {
            writeFileSync(join(to, name), bytes);
            writeFileSync(join(to, `${name}.br`), pack(bytes, name));
        };
        for (const file of files.own) put(file.replace(`${name}.html`, 'index.html'), readFileSync(join(own, file)));
        for (const file of files.npm) put(file.split('/').at(-1), readFileSync(join(npm, file)));
        // The largest is made once: it depends on the stations alone.
        const data = join(folder, 'stations.json');
        if (!existsSync(`${data}.br`) || statSync(`${data}.br`).mtimeMs < statSync(source).mtimeMs) {
            const bytes = geojson(source);
            writeFileSync(data, bytes);
            writeFileSync(`${data}.part`, pack(bytes, data));
            renameSync(`${data}.part`, `${data}.br`);
        }
        for (const end of ['', '.br']) writeFileSync(join(to, `stations.json${end}`), readFileSync(data + end));
    }
}

/**
 * Serves a folder as a static host does, Brotli where there is a packed form; `workers()` are the bytes of
 * workers' scripts so far. */
export async function serve(root) {
    let workers = 0;
    const server = createServer((request, answer) => {
        const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
        const file = join(root, path.endsWith('/') ? `${path}index.html` : path);
        if (!existsSync(file) || !statSync(file).isFile()) {
            answer.writeHead(404, {'Content-Type': 'text/plain'}).end('404');
            return;
        }
        const packed = existsSync(`${file}.br`);
        const bytes = readFileSync(packed ? `${file}.br` : file);
        if (request.headers['sec-fetch-dest'] === 'worker') workers += bytes.length;
        const named = /-[0-9a-f]{12,16}[._-][^/]*$/.test(path);
        const asked = /(\.html|\/|index\.json|sw\.js|webmanifest)$/.test(path);
        answer.writeHead(200, {
            'Content-Type': KINDS[extname(file)] ?? 'application/octet-stream',
            'Content-Length': bytes.length,
            'Cache-Control': named ? 'public, max-age=31536000, immutable' : asked ? 'no-cache' : 'public, max-age=600',
            ...packed && {'Content-Encoding': 'br'},
        });
        answer.end(request.method === 'HEAD' ? undefined : bytes);
    });
    await new Promise(done => server.listen(0, '127.0.0.1', done));
    return {origin: `http://127.0.0.1:${server.address().port}`, workers: () => workers, stop: () => server.close()};
}
