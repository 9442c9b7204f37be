package io.github.zmqmonitor.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.zmqmonitor.monitor.ZmqGroupListener;

/**
 * Registers meters for groups as these come, and removes them as they go.
 *
 * @param <G> the groups
 * @param <M> the meters of a group
 */
final class GroupMeters<G, M extends Removable> implements ZmqGroupListener<G> {

	private final Map<G, M> meters = new ConcurrentHashMap<>();

	private final Function<G, M> factory;

	GroupMeters(Function<G, M> factory) {
		this.factory = factory;
	}

	@Override
	public void added(G group) {
		this.meters.computeIfAbsent(group, this.factory);
	}

	@Override
	public void removed(G group) {
		M meters = this.meters.remove(group);
		if (meters != null) {
			meters.remove();
		}
	}

	void forEach(Consumer<M> action) {
		this.meters.values().forEach(action);
	}

	void removeAll() {
		this.meters.keySet().forEach(this::removed);
	}

}
