package io.github.zmqmonitor.internal.state;

import io.github.zmqmonitor.model.ZmqPeerSnapshot;

/**
 * Describes connections.
 */
@FunctionalInterface
public interface PeerView {

	/**
	 * Describe a connection. Called without a lock.
	 */
	ZmqPeerSnapshot describe(Connection connection);

}
