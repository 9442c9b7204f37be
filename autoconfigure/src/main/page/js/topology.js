// Who listens, and who is connected to whom.

import { isNumber, text } from './format.js';

/** The blocks of the picture: a listening socket, or an address outside, and what is connected to it. */
export function blocksOf(sockets) {
	const hubs = new Map();
	const blocks = [];
	const block = (key, content) => {
		const made = { key, hub: null, outside: null, alone: null, children: [], gone: [], strangers: [], unnamed: 0, ...content };
		blocks.push(made);
		hubs.set(key, made);
		return made;
	};
	const index = indexOf(sockets);
	for (const socket of sockets) {
		if (socket.endpoints.some((endpoint) => endpoint.role === 'bind')) {
			block(`hub|${socket.id}`, { hub: socket });
		}
		else if (!socket.endpoints.length) {
			block(`alone|${socket.id}`, { alone: socket });
		}
	}
	for (const socket of sockets) {
		for (const endpoint of socket.endpoints.filter((candidate) => candidate.role !== 'bind')) {
			const target = index.find(endpoint);
			const key = target ? `hub|${target.socket.id}` : `outside|${socket.context && endpoint.transport === 'inproc'
				? socket.context : ''}|${endpoint.endpoint}`;
			const place = hubs.get(key) ?? block(key, { outside: endpoint.endpoint });
			place.children.push({ key: endpoint.key, endpoint, target });
		}
	}
	for (const place of blocks.filter((candidate) => candidate.hub)) {
		addStrangers(place, index);
	}
	return blocks;
}

/** Peers of a listening socket that are none of the sockets listed. */
function addStrangers(place, index) {
	for (const endpoint of place.hub.endpoints.filter((candidate) => candidate.role === 'bind')) {
		const inside = place.children.filter((child) => child.target === endpoint)
			.reduce((sum, child) => sum + (child.endpoint.connections ?? 0), 0);
		if (endpoint.peers) {
			endpoint.peers.filter((peer) => !index.isLocal(peer)).forEach((peer) => place.strangers.push({
				key: `stranger|${endpoint.key}|${text(peer.remote)}`, name: text(peer.remote) || 'a peer', endpoint }));
			place.unnamed += isNumber(endpoint.json.peersOmitted) ? endpoint.json.peersOmitted : 0;
		}
		else if (endpoint.connections !== null) {
			place.unnamed += Math.max(0, endpoint.connections - inside);
		}
	}
}

function indexOf(sockets) {
	const byPeer = new Map();
	const byAddress = new Map();
	const connecting = new Set();
	for (const socket of sockets) {
		for (const endpoint of socket.endpoints) {
			if (endpoint.role !== 'bind') {
				endpoint.peers?.forEach((peer) => connecting.add(`${text(peer.remote)}>${text(peer.local)}`));
				continue;
			}
			endpoint.peers?.forEach((peer) => byPeer.set(`${text(peer.local)}>${text(peer.remote)}`, endpoint));
			addressKeys(endpoint).forEach((key) => byAddress.set(key, endpoint));
		}
	}
	return {
		/** The listening endpoint that a connecting one leads to, if it is here. */
		find(endpoint) {
			for (const peer of endpoint.peers ?? []) {
				const found = byPeer.get(`${text(peer.remote)}>${text(peer.local)}`);
				if (found) {
					return found;
				}
			}
			return targetKeys(endpoint).map((key) => byAddress.get(key)).find(Boolean) ?? null;
		},
		isLocal: (peer) => connecting.has(`${text(peer.local)}>${text(peer.remote)}`),
	};
}

const isLoopback = (host) => host === 'localhost' || host === '::1' || host === '0:0:0:0:0:0:0:1' || /^127\./.test(host);

const isWildcard = (host) => host === '*' || host === '0.0.0.0' || /^[0:]+$/.test(host);

function hostAndPort(address) {
	const parts = /^tcp:\/\/(?:[^;]*;)?\[?([^\]]*)\]?:(\d+)$/.exec(address);
	return parts ? { host: parts[1], port: parts[2] } : null;
}

function addressKeys(endpoint) {
	const where = hostAndPort(endpoint.address) ?? hostAndPort(endpoint.endpoint);
	if (!where) {
		return [plainKey(endpoint)];
	}
	return isWildcard(where.host) || isLoopback(where.host) ? [`loopback:${where.port}`] : [`${where.host}:${where.port}`];
}

function targetKeys(endpoint) {
	const where = hostAndPort(endpoint.address) ?? hostAndPort(endpoint.endpoint);
	if (!where) {
		return [plainKey(endpoint)];
	}
	return isLoopback(where.host) ? [`loopback:${where.port}`] : [`${where.host}:${where.port}`];
}

/** inproc names belong to their context. */
function plainKey(endpoint) {
	return endpoint.transport === 'inproc' || endpoint.endpoint.startsWith('inproc:')
		? `${endpoint.socket.context}|${endpoint.endpoint}` : endpoint.endpoint;
}
