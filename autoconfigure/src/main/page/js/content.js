// What a card says, in words.

import { count, plural, rate, seconds } from './format.js';
import { isGivenUp, isTrouble, look } from './states.js';

/** Below this a countdown would only flicker. */
const COUNTED_MILLIS = 1000;

export const IDLE = 'idle';

export function contentOf(card) {
	switch (card.kind) {
		case 'hub':
			return socketContent(card.socket, card.rows, card.hidden);
		case 'alone':
			return socketContent(card.socket, [], 0);
		case 'child':
			return socketContent(card.child.endpoint.socket, [card.child.endpoint], 0);
		case 'gone':
			return { ...plainContent(card.gone.name, [card.gone.endpoint, 'closed'], `${card.gone.name} has closed`), type: card.gone.type,
				icon: 'closed', look: 'gone state-closed' };
		case 'stranger':
			return plainContent(card.stranger.name, [], `Connected from outside this application: ${card.stranger.name}`);
		case 'more':
			return plainContent(`${count(card.more)} ${card.named ? 'more ' : ''}from outside`, [], 'Connections that are none of the sockets here');
		default:
			return plainContent(card.name, ['not in this application'], `${card.name} is not in this application`);
	}
}

/** "retrying in 3.2 s", as far as it can be told; an attempt that is due is under way. */
export function retryWords(retry, now, compact) {
	if (retry.due === null || retry.interval < COUNTED_MILLIS) {
		return compact ? seconds(retry.interval) : `retrying every ${seconds(retry.interval)}`;
	}
	const left = retry.due - now;
	if (left <= 0) {
		return compact ? 'now' : 'retrying now';
	}
	return compact ? `${Math.ceil(left / 1000)} s` : `retrying in ${seconds(left)}`;
}

/** How much of the retry interval is left, from 1 to 0, or null. */
export function retryLeft(retry, now) {
	return retry.due === null || retry.interval < COUNTED_MILLIS ? null : Math.max(0, Math.min(1, (retry.due - now) / retry.interval));
}

function socketContent(socket, endpoints, hidden) {
	const rows = endpoints.map(rowOf);
	const states = endpoints.map((endpoint) => endpoint.state);
	const worst = states.find(isGivenUp) ?? states.find(isTrouble) ?? states[0];
	const icon = worst ? look(worst) : 'other';
	const connections = endpoints.filter((endpoint) => endpoint.role === 'bind').map((endpoint) => endpoint.connections).filter((number) => number !== null);
	const label = labelOf(socket, endpoints);
	return {
		socket, name: socket.name, type: socket.type, rows, hidden, label, title: label, icon, look: `state-${icon}`,
		bad: states.some(isGivenUp),
		retry: rows.find((row) => row.retry)?.retry ?? null,
		number: connections.length ? count(connections.reduce((sum, number) => sum + number, 0)) : '',
		traffic: trafficOf(socket),
		pressure: socket.pressure.map((entry) => entry.short).join('  '),
	};
}

function plainContent(name, lines, title) {
	return { socket: null, name, type: '', rows: lines.map((address) => ({ address, words: '' })), hidden: 0, title, icon: 'outside',
		look: 'outside state-outside', bad: false, retry: null, number: '', traffic: '', pressure: '' };
}

function rowOf(endpoint) {
	const several = endpoint.role !== 'bind' && endpoint.state === 'connected' && endpoint.connections > 1;
	return {
		endpoint,
		icon: look(endpoint.state),
		address: endpoint.endpoint,
		retry: endpoint.retry,
		number: endpoint.role === 'bind' && endpoint.connections !== null ? plural(endpoint.connections, 'connection') : '',
		words: several ? `connected ×${endpoint.connections}` : endpoint.state,
	};
}

function labelOf(socket, endpoints) {
	return [
		`${socket.name}, ${socket.type}`,
		...endpoints.map((endpoint) => `${endpoint.state} ${endpoint.role === 'bind' ? 'at' : 'to'} ${endpoint.endpoint}${endpoint.connections
			? `, ${plural(endpoint.connections, 'connection')}` : ''}`),
		endpoints.length ? '' : 'no endpoint',
		...socket.pressure.map((entry) => entry.words),
		socket.json.monitored === false ? 'no longer monitored' : '',
	].filter(Boolean).join('; ');
}

function trafficOf(socket) {
	const { sent, received } = socket.rates ?? {};
	if (sent === 0 && received === 0) {
		return IDLE;
	}
	return [sent > 0 ? `↑ ${rate(sent)}` : '', received > 0 ? `↓ ${rate(received)}` : ''].filter(Boolean).join('  ');
}
