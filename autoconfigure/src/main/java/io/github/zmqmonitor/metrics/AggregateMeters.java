package io.github.zmqmonitor.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.zmqmonitor.internal.totals.AggregateListener;

/**
 * Registers meters for aggregates as these come, and removes them as they go. Called
 * under the lock of the aggregates.
 *
 * @param <A> the aggregates
 * @param <M> the meters of an aggregate
 */
final class AggregateMeters<A, M extends Removable> implements AggregateListener<A> {

	private final Map<A, M> meters = new HashMap<>();

	private final Function<A, M> factory;

	private final Consumer<M> refresh;

	AggregateMeters(Function<A, M> factory, Consumer<M> refresh) {
		this.factory = factory;
		this.refresh = refresh;
	}

	@Override
	public synchronized void added(A aggregate) {
		this.meters.computeIfAbsent(aggregate, this.factory);
	}

	@Override
	public synchronized void removed(A aggregate) {
		M meters = this.meters.remove(aggregate);
		if (meters != null) {
			meters.remove();
		}
	}

	@Override
	public synchronized void refresh() {
		this.meters.values().forEach(this.refresh);
	}

	synchronized void removeAll() {
		this.meters.values().forEach(Removable::remove);
		this.meters.clear();
	}

}
