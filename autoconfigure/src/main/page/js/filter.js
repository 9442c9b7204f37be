// What the filter box and the state buttons leave.

export function matcher(words, states) {
	const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
	return {
		active: wanted.length > 0 || states.size > 0,
		socket: (socket) => wanted.every((word) => socketText(socket).includes(word)) && states.size === 0,
		endpoint(endpoint) {
			if (states.size && !states.has(endpoint.state)) {
				return false;
			}
			const text = `${socketText(endpoint.socket)} ${endpoint.endpoint} ${endpoint.address} ${endpoint.role} ${endpoint.state}`
				.toLowerCase();
			return wanted.every((word) => text.includes(word));
		},
	};
}

function socketText(socket) {
	return `${socket.name} ${socket.id} ${socket.type} ${socket.context}`.toLowerCase();
}

/** The blocks with what matches; the other end of a match stays, dimmed. */
export function filterBlocks(blocks, matches) {
	if (!matches.active) {
		return blocks;
	}
	return blocks.map((block) => {
		const children = block.children.filter((child) => matches.endpoint(child.endpoint));
		const hub = block.hub?.endpoints.some((endpoint) => endpoint.role === 'bind' && matches.endpoint(endpoint)) ?? false;
		const alone = block.alone ? matches.socket(block.alone) : false;
		return { ...block, children, gone: [], strangers: hub ? block.strangers : [], unnamed: hub ? block.unnamed : 0,
			left: block.children.length - children.length, dim: !hub && !alone, keep: hub || alone || children.length > 0 };
	}).filter((block) => block.keep);
}
