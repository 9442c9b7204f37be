package io.github.zmqmonitor.metrics;

import io.micrometer.common.docs.KeyName;

/**
 * Tags that meters have in common.
 */
final class MeterTags {

	static final KeyName[] ENDPOINT = { ZmqTag.SOCKET, ZmqTag.SOCKET_TYPE, ZmqTag.SOCKET_ENDPOINT, ZmqTag.ROLE };

	static final KeyName[] DIRECTED_SOCKET = { ZmqTag.SOCKET, ZmqTag.SOCKET_TYPE, ZmqTag.DIRECTION };

	private MeterTags() {
	}

	static KeyName[] endpointAnd(KeyName... more) {
		return KeyName.merge(ENDPOINT, more);
	}

}
