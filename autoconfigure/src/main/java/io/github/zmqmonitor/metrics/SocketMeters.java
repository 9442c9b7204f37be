package io.github.zmqmonitor.metrics;

import io.github.zmqmonitor.internal.totals.SocketAggregate;
import io.github.zmqmonitor.internal.traffic.SocketDrops;
import io.github.zmqmonitor.model.ZmqMessages.DropReason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The meters of one aggregate of sockets in one registry: messages, drops and queues.
 */
final class SocketMeters implements Removable {

	private final RegistryMeters meters;

	/**
	 * Register the meters.
	 * @param drops whether dropped messages are counted where they are dropped
	 */
	SocketMeters(SocketAggregate sockets, MeterRegistry registry, boolean drops) {
		this.meters = new RegistryMeters(registry);
		register(sockets, true);
		register(sockets, false);
		registerDrops(sockets, drops);
	}

	private void registerDrops(SocketAggregate sockets, boolean counted) {
		Tags tags = Tags.of(ZmqTag.SOCKET.asString(), sockets.key().socket(), ZmqTag.SOCKET_TYPE.asString(),
				sockets.key().socketType());
		for (DropReason reason : SocketDrops.reasons(sockets.key().socketType(), counted)) {
			this.meters.counter(ZmqMeter.MESSAGES_DROPPED, tags.and(ZmqTag.REASON.asString(), reason.id()), sockets,
					new SocketReading(ZmqMeter.MESSAGES_DROPPED, true, reason));
		}
	}

	private void register(SocketAggregate sockets, boolean sent) {
		Tags tags = Tags.of(ZmqTag.SOCKET.asString(), sockets.key().socket(), ZmqTag.SOCKET_TYPE.asString(),
				sockets.key().socketType(), ZmqTag.DIRECTION.asString(), sent ? "sent" : "received");
		this.meters.counter(ZmqMeter.MESSAGES, tags, sockets, new SocketReading(ZmqMeter.MESSAGES, sent));
		this.meters.gauge(ZmqMeter.QUEUE_SIZE, tags, sockets, new SocketReading(ZmqMeter.QUEUE_SIZE, sent));
		this.meters.gauge(ZmqMeter.QUEUE_UTILIZATION, tags, sockets,
				new SocketReading(ZmqMeter.QUEUE_UTILIZATION, sent));
		this.meters.gauge(ZmqMeter.QUEUE_FULL, tags, sockets, new SocketReading(ZmqMeter.QUEUE_FULL, sent));
	}

	@Override
	public void remove() {
		this.meters.removeAll();
	}

}
