// Makes a topology of an answer: who listens, and who is connected to whom.

import { durationMillis, isNumber, percent } from './format.js';
import { worst } from './states.js';

const GONE_MILLIS = 8000;
const RATE_SAMPLES = 4;
const PRESSURE_MILLIS = 5000;
const PRESSURE = 0.8;

const list = (value) => (Array.isArray(value) ? value.filter((item) => item && typeof item === 'object') : []);
const text = (value) => (value === undefined || value === null ? '' : String(value));

/** Keeps what one answer alone does not tell: rates, when a retry was armed, who has just gone. */
export class Model {

	#traffic = new Map();
	#retries = new Map();
	#levels = new Map();
	#slots = new Map();
	#nextSlot = 0;

	/** @returns the sockets, their totals, and the blocks of the picture */
	read(answer, now) {
		const sockets = list(answer?.sockets).map((socket, index) => this.#socket(socket, index, now));
		const endpoints = sockets.flatMap((socket) => socket.endpoints);
		this.#forget(sockets);
		const blocks = blocksOf(sockets);
		this.#order(blocks, now);
		return { sockets, endpoints, blocks, totals: totals(answer?.summary, sockets, endpoints) };
	}

	#socket(json, index, now) {
		const socket = {
			json,
			id: text(json.id) || `${text(json.name)}#${index}`,
			name: text(json.name) || text(json.id) || 'socket',
			type: text(json.type),
			context: text(json.context),
			messages: json.messages ?? null,
			queues: json.queues ?? null,
		};
		socket.endpoints = list(json.endpoints).map((endpoint, number) => this.#endpoint(socket, endpoint, number, now));
		socket.state = worst(socket.endpoints.map((endpoint) => endpoint.state));
		socket.rates = this.#rates(socket, now);
		socket.pressure = this.#pressureOf(socket, now);
		return socket;
	}

	#endpoint(socket, json, number, now) {
		const endpoint = {
			json,
			socket,
			key: `${socket.id}|${text(json.endpoint)}|${number}`,
			endpoint: text(json.endpoint) || text(json.address) || '?',
			address: text(json.address),
			role: text(json.role),
			transport: text(json.transport),
			state: text(json.state) || 'unknown',
			connections: isNumber(json.connections) ? json.connections : null,
			peers: Array.isArray(json.peers) ? list(json.peers) : null,
		};
		endpoint.retry = this.#retry(endpoint, now);
		return endpoint;
	}

	/**
	 * The current retry interval, and when it ends. The answer does not tell when it began: that is known to a second or
	 * so, from the answer in which the number of retries was another.
	 */
	#retry(endpoint, now) {
		const interval = durationMillis(endpoint.json.retryInterval);
		if (endpoint.state !== 'retrying' || interval === null) {
			this.#retries.delete(endpoint.key);
			return null;
		}
		const known = this.#retries.get(endpoint.key);
		const retries = endpoint.json.retries;
		if (known && known.retries === retries && known.interval === interval) {
			return known;
		}
		const retry = { key: endpoint.key, interval, retries, due: known ? now + interval : null };
		this.#retries.set(endpoint.key, retry);
		return retry;
	}

	#rates(socket, now) {
		const { sent, received } = socket.messages ?? {};
		if (!isNumber(sent) && !isNumber(received)) {
			return null;
		}
		const samples = this.#traffic.get(socket.id) ?? [];
		samples.push({ now, sent, received });
		if (samples.length > RATE_SAMPLES) {
			samples.shift();
		}
		this.#traffic.set(socket.id, samples);
		const first = samples[0];
		const elapsed = (now - first.now) / 1000;
		const rateOf = (last, begin) => (elapsed > 0 && isNumber(last) && isNumber(begin) && last >= begin
			? (last - begin) / elapsed : null);
		return { sent: rateOf(sent, first.sent), received: rateOf(received, first.received) };
	}

	/**
	 * What is worth saying about the queues in the picture: nothing, unless one is or just was full or nearly so. A queue
	 * under pressure gets places back in batches; the worst of some seconds is what its sender meets.
	 */
	#pressureOf(socket, now) {
		const found = [];
		for (const [direction, words, arrow] of [['sent', 'send queue', '↑'], ['received', 'receive queue', '↓']]) {
			const key = `${socket.id}|${direction}`;
			const queue = socket.queues?.[direction];
			const level = queue?.full > 0 ? 1 : queue?.utilization ?? 0;
			let known = this.#levels.get(key);
			if (level >= PRESSURE && !(known && known.level > level && now - known.at < PRESSURE_MILLIS)) {
				known = { level, at: now };
				this.#levels.set(key, known);
			}
			if (queue && known && now - known.at < PRESSURE_MILLIS) {
				const state = known.level >= 1 ? 'full' : percent(known.level);
				found.push({ direction, short: `${arrow} queue ${state}`, words: `${words} ${state}` });
			}
			else {
				this.#levels.delete(key);
			}
		}
		return found;
	}

	#forget(sockets) {
		const ids = new Set(sockets.map((socket) => socket.id));
		const keys = new Set(sockets.flatMap((socket) => socket.endpoints.map((endpoint) => endpoint.key)));
		for (const id of this.#traffic.keys()) {
			if (!ids.has(id)) {
				this.#traffic.delete(id);
			}
		}
		for (const key of this.#levels.keys()) {
			if (!ids.has(key.slice(0, key.lastIndexOf('|')))) {
				this.#levels.delete(key);
			}
		}
		for (const key of this.#retries.keys()) {
			if (!keys.has(key)) {
				this.#retries.delete(key);
			}
		}
	}

	/**
	 * Gives each child a place among its siblings. One that has gone keeps its place for a while, and another of the same
	 * name and endpoint takes it: the picture stays calm while workers come and go.
	 */
	#order(blocks, now) {
		const seen = new Set();
		const fresh = [];
		for (const block of blocks) {
			for (const child of block.children) {
				const key = `${block.key}>${child.key}`;
				const slot = this.#slots.get(key);
				seen.add(key);
				if (slot) {
					child.order = slot.order;
					slot.seen = now;
					slot.block = block.key;
				}
				else {
					fresh.push({ block, child, key });
				}
			}
		}
		for (const { block, child, key } of fresh) {
			const like = `${block.key}>${child.endpoint.socket.name}>${child.endpoint.endpoint}`;
			const left = [...this.#slots].find(([other, slot]) => slot.like === like && !seen.has(other));
			if (left) {
				this.#slots.delete(left[0]);
			}
			child.order = left ? left[1].order : this.#nextSlot++;
			this.#slots.set(key, { order: child.order, like, seen: now, block: block.key, name: child.endpoint.socket.name,
				type: child.endpoint.socket.type, endpoint: child.endpoint.endpoint });
		}
		const byKey = new Map(blocks.map((block) => [block.key, block]));
		for (const [key, slot] of this.#slots) {
			if (seen.has(key)) {
				continue;
			}
			if (now - slot.seen > GONE_MILLIS || !byKey.has(slot.block)) {
				this.#slots.delete(key);
			}
			else {
				byKey.get(slot.block).gone.push({ key: `gone|${key}`, order: slot.order, name: slot.name, type: slot.type,
					endpoint: slot.endpoint });
			}
		}
		for (const block of blocks) {
			block.children.sort((left, right) => left.order - right.order);
		}
	}

}

function totals(summary, sockets, endpoints) {
	const states = new Map();
	if (summary?.states && typeof summary.states === 'object') {
		Object.entries(summary.states).filter(([, number]) => isNumber(number))
			.forEach(([state, number]) => states.set(state, number));
	}
	else {
		endpoints.forEach((endpoint) => states.set(endpoint.state, (states.get(endpoint.state) ?? 0) + 1));
	}
	const known = endpoints.filter((endpoint) => endpoint.connections !== null);
	const rates = sockets.map((socket) => socket.rates).filter((rates) => rates && rates.sent !== null && rates.received !== null);
	return {
		sockets: isNumber(summary?.sockets) ? summary.sockets : sockets.length,
		endpoints: isNumber(summary?.endpoints) ? summary.endpoints : endpoints.length,
		connections: isNumber(summary?.connections) ? summary.connections
			: (known.length ? known.reduce((sum, endpoint) => sum + endpoint.connections, 0) : null),
		received: rates.length ? rates.reduce((sum, rate) => sum + rate.received, 0) : null,
		states,
	};
}

/* Topology */

function blocksOf(sockets) {
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
