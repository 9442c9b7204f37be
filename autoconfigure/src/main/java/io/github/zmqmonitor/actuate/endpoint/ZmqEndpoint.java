package io.github.zmqmonitor.actuate.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqMonitorSnapshot;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;

/**
 * The live state of all monitored sockets and their endpoints. It only reads.
 * <p>
 * Its operations have the formats of {@link ZmqEndpointWebExtension}, which takes their
 * place over the web.
 */
@Endpoint(id = "zmq")
public class ZmqEndpoint {

	private static final int MOST_PEERS = 10_000;

	private static final int MOST_NAMES = 100;

	private final ZmqMonitor monitor;

	private final Show showPeers;

	private final Set<String> roles;

	/**
	 * Create an endpoint.
	 * @param monitor the monitor whose sockets to show
	 * @param showPeers when to show the addresses of peers
	 * @param roles the roles that may see peers when authorized; empty for every
	 * authenticated user
	 */
	public ZmqEndpoint(ZmqMonitor monitor, Show showPeers, Set<String> roles) {
		this.monitor = monitor;
		this.showPeers = showPeers;
		this.roles = Set.copyOf(roles);
	}

	/**
	 * List the sockets.
	 * @param state show only endpoints in this state; as all of these, several values
	 * have commas between them
	 * @param type show only sockets of this type
	 * @param name show only sockets of this name
	 * @param role show only endpoints of this role
	 * @return the sockets
	 * @throws InvalidEndpointRequestException if a filter has a value that does not exist
	 */
	@ReadOperation(produces = ZmqFormat.FIRST, producesFrom = ZmqFormat.class)
	public ZmqDescriptor sockets(@Nullable String state, @Nullable String type, @Nullable String name,
			@Nullable String role) {
		return sockets(ZmqFilter.of(values(state), values(type), values(name), values(role)), SecurityContext.NONE);
	}

	private static @Nullable List<String> values(@Nullable String values) {
		return (values != null) ? List.of(values) : null;
	}

	/**
	 * Show the sockets of a name, or the one of an id, with all detail.
	 * @param name the name or id; its segments if it contains slashes
	 * @return the sockets, or {@code null} if there is none
	 */
	@ReadOperation(producesFrom = ZmqFormat.class)
	public @Nullable ZmqDescriptor socket(@Selector(match = Match.ALL_REMAINING) String... name) {
		return socket(name, SecurityContext.NONE);
	}

	ZmqDescriptor sockets(ZmqFilter filter, SecurityContext securityContext) {
		return describe(this.monitor.snapshot(), filter, securityContext);
	}

	/**
	 * The sockets with all of their peers, as far as there are not thousands of them at
	 * an endpoint.
	 */
	ZmqDescriptor peers(ZmqFilter filter, SecurityContext securityContext) {
		return describe(this.monitor.snapshot(MOST_PEERS), filter, securityContext);
	}

	@Nullable ZmqDescriptor socket(String[] name, SecurityContext securityContext) {
		ZmqMonitorSnapshot snapshot = this.monitor.snapshot(String.join("/", name));
		return snapshot.sockets().isEmpty() ? null : describe(snapshot, ZmqFilter.NONE, securityContext);
	}

	/** The names of the sockets, the first of them. */
	List<String> names() {
		return this.monitor.snapshot()
			.sockets()
			.stream()
			.map(ZmqSocketSnapshot::name)
			.distinct()
			.sorted()
			.limit(MOST_NAMES)
			.toList();
	}

	private ZmqDescriptor describe(ZmqMonitorSnapshot snapshot, ZmqFilter filter, SecurityContext securityContext) {
		boolean peers = this.showPeers.isShown(securityContext, this.roles);
		List<ZmqSocketSnapshot> sockets = new ArrayList<>();
		for (ZmqSocketSnapshot socket : snapshot.sockets()) {
			List<ZmqEndpointSnapshot> endpoints = filter.select(socket);
			if (endpoints != null) {
				ZmqSocketSnapshot selected = socket.withEndpoints(endpoints);
				sockets.add(peers ? selected : selected.withoutPeers());
			}
		}
		return ZmqDescriptor.of(sockets, this.monitor.statistics().contextsUnseen());
	}

}
