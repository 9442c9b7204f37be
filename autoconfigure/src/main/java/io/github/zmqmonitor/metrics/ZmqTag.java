package io.github.zmqmonitor.metrics;

import io.micrometer.common.docs.KeyName;

/**
 * The tags of the meters.
 */
public enum ZmqTag implements KeyName {

	/** The name of the socket. */
	SOCKET("socket"),

	/** The type of the socket in upper case. */
	SOCKET_TYPE("socket.type"),

	/** The endpoint as the application wrote it. */
	SOCKET_ENDPOINT("socket.endpoint"),

	/** What the socket does with the endpoint: {@code bind} or {@code connect}. */
	ROLE("role"),

	/**
	 * Why a connection ended or stands still, or why events or messages were dropped, or
	 * a handshake failed, or a message was refused.
	 */
	REASON("reason"),

	/** Whether a connection is the first of its endpoint or follows a loss. */
	PHASE("phase"),

	/** The state of an endpoint. */
	STATE("state"),

	/** What failed. */
	OPERATION("operation"),

	/** The symbol of the errno. */
	ERROR("error"),

	/** What became of a handshake. */
	OUTCOME("outcome"),

	/** The kind of event. */
	EVENT("event"),

	/** The part of the monitor that failed or was suspended. */
	STAGE("stage"),

	/** The kind of hint. */
	HINT("hint"),

	/** The direction of messages or bytes. */
	DIRECTION("direction");

	private final String key;

	ZmqTag(String key) {
		this.key = key;
	}

	@Override
	public String asString() {
		return this.key;
	}

}
