package io.github.zmqmonitor.monitor;

import io.github.zmqmonitor.monitor.ZmqSocketGroup.Key;

/**
 * All socket groups.
 */
final class SocketGroups extends GroupTable<Key, SocketTracker, ZmqSocketGroup> {

	SocketGroups(ZmqMonitorSettings settings, MonitorClock clock, MonitorErrors errors) {
		super(settings, clock, errors);
	}

	@Override
	Key keyOf(SocketTracker socket) {
		return new Key(Addresses.printable(socket.name()), socket.identity().type(), socket.identity().origin());
	}

	@Override
	Key beyond(Key key) {
		return new Key(OTHER, key.socketType(), key.origin());
	}

	@Override
	ZmqSocketGroup create(Key key, MonitorClock clock, MonitorErrors errors) {
		return new ZmqSocketGroup(key, clock);
	}

	void leave(SocketTracker socket) {
		ZmqSocketGroup group = socket.group();
		if (group != null) {
			group.leave(socket);
		}
	}

	/**
	 * Move a socket, with all that it has counted, to the group of its new name.
	 */
	void move(SocketTracker socket) {
		ZmqSocketGroup group = socket.group();
		if (group != null) {
			group.remove(socket);
			evict();
		}
		join(socket);
	}

}
