package io.github.zmqmonitor.monitor;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.zmqmonitor.monitor.ZmqEndpointGroup.Key;

/**
 * All endpoint groups.
 */
final class EndpointGroups extends GroupTable<Key, EndpointTracker, ZmqEndpointGroup> {

	private final Queue<EndpointTracker> waiting = new ConcurrentLinkedQueue<>();

	EndpointGroups(ZmqMonitorSettings settings, MonitorClock clock, MonitorErrors errors) {
		super(settings, clock, errors);
	}

	@Override
	Key keyOf(EndpointTracker endpoint) {
		SocketTracker socket = endpoint.socket();
		return new Key(Addresses.printable(socket.name()), socket.identity().type(), endpoint.endpoint(),
				endpoint.role());
	}

	@Override
	Key beyond(Key key) {
		return new Key(OTHER, key.socketType(), OTHER, key.role());
	}

	@Override
	ZmqEndpointGroup create(Key key, MonitorClock clock, MonitorErrors errors) {
		return new ZmqEndpointGroup(key, clock, errors);
	}

	@Override
	void join(EndpointTracker endpoint) {
		if (endpoint.group() == null && endpoint.isTracked()) {
			super.join(endpoint);
		}
	}

	/**
	 * Put an endpoint into its group as soon as somebody reads. Called on I/O threads.
	 */
	void joinLater(EndpointTracker endpoint) {
		this.waiting.add(endpoint);
	}

	void joinWaiting() {
		for (EndpointTracker endpoint = this.waiting.poll(); endpoint != null; endpoint = this.waiting.poll()) {
			join(endpoint);
		}
	}

	@Override
	void evict() {
		joinWaiting();
		super.evict();
	}

	void leave(Collection<EndpointTracker> endpoints) {
		for (EndpointTracker endpoint : endpoints) {
			ZmqEndpointGroup group = endpoint.group();
			if (group != null) {
				group.leave(endpoint);
			}
		}
	}

	/**
	 * Forget an endpoint that didn't come to be, or counts elsewhere from now on.
	 */
	void drop(EndpointTracker endpoint) {
		ZmqEndpointGroup group = endpoint.group();
		if (group != null) {
			group.remove(endpoint);
			endpoint.joined(null);
			evict();
		}
	}

	/**
	 * Move endpoints, with all that they have counted, to the groups of their socket's
	 * new name.
	 */
	void move(Collection<EndpointTracker> endpoints) {
		endpoints.forEach((endpoint) -> {
			drop(endpoint);
			join(endpoint);
		});
	}

}
