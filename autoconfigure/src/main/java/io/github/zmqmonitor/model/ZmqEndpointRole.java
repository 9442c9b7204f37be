package io.github.zmqmonitor.model;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a socket does with an endpoint.
 */
public enum ZmqEndpointRole {

	/** The socket listens at the endpoint. */
	BIND,

	/** The socket connects to the endpoint. */
	CONNECT;

	private final String id = name().toLowerCase(java.util.Locale.ROOT);

	/**
	 * Return the name used in JSON and tags.
	 * @return {@code bind} or {@code connect}
	 */
	@JsonValue
	public String id() {
		return this.id;
	}

}
