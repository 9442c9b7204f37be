package io.github.zmqmonitor.metrics;

import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.github.zmqmonitor.monitor.ZmqSocketGroup;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The meters of one socket group in one registry: messages and queues.
 */
final class SocketMeters implements Removable {

	private final ZmqSocketGroup group;

	private final RegistryMeters meters;

	SocketMeters(ZmqSocketGroup group, MeterRegistry registry) {
		this.group = group;
		this.meters = new RegistryMeters(registry);
		register("sent", ZmqSocketGroup::messagesSent, ZmqSocketGroup::queueSizeSent,
				ZmqSocketGroup::queueUtilizationSent, ZmqSocketGroup::queuesFullSent);
		register("received", ZmqSocketGroup::messagesReceived, ZmqSocketGroup::queueSizeReceived,
				ZmqSocketGroup::queueUtilizationReceived, ZmqSocketGroup::queuesFullReceived);
	}

	private void register(String direction, ToLongFunction<ZmqSocketGroup> messages,
			ToDoubleFunction<ZmqSocketGroup> size, ToDoubleFunction<ZmqSocketGroup> utilization,
			ToDoubleFunction<ZmqSocketGroup> full) {
		Tags tags = Tags.of(ZmqTag.SOCKET.asString(), this.group.socket(), ZmqTag.SOCKET_TYPE.asString(),
				this.group.socketType(), ZmqTag.DIRECTION.asString(), direction);
		this.meters.counter(ZmqMeter.MESSAGES, tags, this.group, messages);
		this.meters.gauge(ZmqMeter.QUEUE_SIZE, tags, this.group, size);
		this.meters.gauge(ZmqMeter.QUEUE_UTILIZATION, tags, this.group, utilization);
		this.meters.gauge(ZmqMeter.QUEUE_FULL, tags, this.group, full);
	}

	@Override
	public void remove() {
		this.meters.removeAll();
	}

}
