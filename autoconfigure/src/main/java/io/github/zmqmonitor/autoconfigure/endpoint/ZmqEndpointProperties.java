package io.github.zmqmonitor.autoconfigure.endpoint;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties for the endpoint.
 *
 * @param showPeers When to show the addresses of peers.
 * @param roles Roles used to determine whether a user is authorized to be shown peers.
 * When empty, all authenticated users are authorized.
 */
@ConfigurationProperties("management.endpoint.zmq")
public record ZmqEndpointProperties(@DefaultValue("always") Show showPeers, @DefaultValue Set<String> roles) {
}
