// Gives what is connected its place among its siblings, so that the picture stays calm while workers come and go.

const GONE_MILLIS = 8000;

export class Places {

	#known = new Map();
	#next = 0;

	/** Orders the children of each block, and adds those that have just gone. */
	assign(blocks, now) {
		const before = this.#known;
		const free = new Map();
		this.#known = new Map();
		const fresh = [];
		for (const block of blocks) {
			for (const child of block.children) {
				const key = `${block.key}>${child.key}`;
				const place = before.get(key);
				before.delete(key);
				if (place) {
					this.#keep(key, place.order, block, child, now);
				}
				else {
					fresh.push({ key, block, child });
				}
			}
		}
		before.forEach((place, key) => free.set(place.like, [...free.get(place.like) ?? [], key]));
		for (const { key, block, child } of fresh) {
			const left = free.get(likeOf(block, child))?.shift();
			const order = left === undefined ? this.#next++ : before.get(left).order;
			before.delete(left);
			this.#keep(key, order, block, child, now);
		}
		this.#showGone(before, blocks, now);
		blocks.forEach((block) => block.children.sort((left, right) => left.order - right.order));
	}

	#keep(key, order, block, child, now) {
		child.order = order;
		const { socket, endpoint } = child.endpoint;
		this.#known.set(key, { order, seen: now, like: likeOf(block, child), block: block.key, name: socket.name, type: socket.type, endpoint });
	}

	#showGone(gone, blocks, now) {
		const byKey = new Map(blocks.map((block) => [block.key, block]));
		for (const [key, place] of gone) {
			const block = byKey.get(place.block);
			if (block && now - place.seen <= GONE_MILLIS) {
				this.#known.set(key, place);
				const { order, name, type, endpoint } = place;
				block.gone.push({ key: `gone|${key}`, order, name, type, endpoint });
			}
		}
	}

}

/** Another of the same name and endpoint takes the place of one that has gone. */
const likeOf = (block, child) => `${block.key}>${child.endpoint.socket.name}>${child.endpoint.endpoint}`;
