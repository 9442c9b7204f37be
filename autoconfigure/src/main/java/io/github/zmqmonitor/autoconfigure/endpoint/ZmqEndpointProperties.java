package io.github.zmqmonitor.autoconfigure.endpoint;

import java.util.LinkedHashSet;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for the endpoint.
 */
@ConfigurationProperties("management.endpoint.zmq")
public class ZmqEndpointProperties {

	/**
	 * When to show the addresses of peers.
	 */
	private Show showPeers = Show.ALWAYS;

	/**
	 * Roles used to determine whether a user is authorized to be shown peers. When empty,
	 * all authenticated users are authorized.
	 */
	private final Set<String> roles = new LinkedHashSet<>();

	/**
	 * Create properties with the values that apply unless others are set.
	 */
	public ZmqEndpointProperties() {
	}

	/**
	 * {@return when to show the addresses of peers}
	 */
	public Show getShowPeers() {
		return this.showPeers;
	}

	/**
	 * Set when to show the addresses of peers.
	 * @param showPeers when to show the addresses of peers
	 */
	public void setShowPeers(Show showPeers) {
		this.showPeers = showPeers;
	}

	/**
	 * {@return the roles that may see peers when authorized; empty for every
	 * authenticated user}
	 */
	public Set<String> getRoles() {
		return this.roles;
	}

}
