package io.github.zmqmonitor.actuate.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.zmqmonitor.model.ZmqEventSnapshot;

/**
 * Events in few lines.
 */
final class TextEvents {

	private TextEvents() {
	}

	/**
	 * Make one of events that repeat without any other success or end between them.
	 */
	static List<ZmqEventSnapshot> collapse(List<ZmqEventSnapshot> newestFirst) {
		List<ZmqEventSnapshot> collapsed = new ArrayList<>();
		for (ZmqEventSnapshot event : newestFirst) {
			int same = event.event().isMilestone() ? -1 : newer(collapsed, event);
			if (same >= 0) {
				collapsed.set(same, collapsed.get(same).withEarlier(event));
			}
			else {
				collapsed.add(event);
			}
		}
		return collapsed;
	}

	private static int newer(List<ZmqEventSnapshot> events, ZmqEventSnapshot event) {
		for (int i = events.size() - 1; i >= 0; i--) {
			ZmqEventSnapshot other = events.get(i);
			if (Objects.equals(other.address(), event.address())) {
				if (other.event() == event.event()) {
					return i;
				}
				if (other.event().isMilestone()) {
					return -1;
				}
			}
		}
		return -1;
	}

}
