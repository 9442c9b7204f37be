package io.github.zmqmonitor.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.zmqmonitor.monitor.ZmqEndpointSnapshot;
import io.github.zmqmonitor.monitor.ZmqErrorSnapshot;
import io.github.zmqmonitor.monitor.ZmqEventSnapshot;
import io.github.zmqmonitor.monitor.ZmqHint;
import io.github.zmqmonitor.monitor.ZmqOrigin;
import io.github.zmqmonitor.monitor.ZmqPeerSnapshot;
import io.github.zmqmonitor.monitor.ZmqQueueSnapshot;
import io.github.zmqmonitor.monitor.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.ZmqTrafficSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The answer of the endpoint.
 *
 * @param summary the numbers of what is listed
 * @param sockets the sockets
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ZmqDescriptor(Summary summary, List<Socket> sockets) implements OperationResponseBody {

	/**
	 * Numbers of the sockets listed.
	 *
	 * @param sockets the number of sockets
	 * @param endpoints the number of endpoints
	 * @param connections the number of live connections, as far as known
	 * @param states the number of endpoints in each state that occurs
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Summary(int sockets, int endpoints, int connections, Map<String, Integer> states) {
	}

	/**
	 * A socket.
	 *
	 * @param id type and number, unique in this process
	 * @param name the name, possibly shared
	 * @param context the name of the context, if there is one
	 * @param type the type in upper case
	 * @param origin {@code native} for a socket outside this JVM
	 * @param monitored whether events still arrive
	 * @param createdAt when monitoring began
	 * @param endpoints the endpoints
	 * @param messages whole messages, if they can be read
	 * @param queues the queues, if they can be read
	 * @param lastActivity when a message was last seen to have passed, if ever
	 * @param fullestPipes the queues of the fullest pipes, at most ten; only where one
	 * socket was asked for
	 * @param hints what its operator should know; only where one socket was asked for
	 * @param recentEvents the last events, the oldest first; only where one socket was
	 * asked for
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Socket(String id, String name, @Nullable String context, String type, @Nullable String origin,
			boolean monitored, Instant createdAt, List<Endpoint> endpoints, @Nullable Messages messages,
			@Nullable Queues queues, @Nullable Instant lastActivity, @Nullable List<Queues> fullestPipes,
			@Nullable List<Hint> hints, @Nullable List<Event> recentEvents) {

		static Socket of(ZmqSocketSnapshot socket, List<ZmqEndpointSnapshot> endpoints, boolean peers, boolean detail) {
			ZmqTrafficSnapshot traffic = socket.traffic();
			return new Socket(socket.id(), socket.name(), socket.context(), socket.type(),
					(socket.origin() == ZmqOrigin.JVM) ? null : socket.origin().id(), socket.monitored(),
					socket.createdAt(), endpoints.stream().map((endpoint) -> Endpoint.of(endpoint, peers)).toList(),
					(traffic != null) ? new Messages(traffic.messagesSent(), traffic.messagesReceived()) : null,
					(traffic != null) ? Queues.of(traffic.sent(), traffic.received()) : null,
					(traffic != null) ? traffic.lastActivity() : null,
					(traffic != null && detail) ? traffic.fullestPipes()
						.stream()
						.map((pipe) -> Queues.of(pipe.sent(), pipe.received()))
						.toList() : null,
					detail ? socket.hints().stream().map(Hint::of).toList() : null,
					detail ? socket.recentEvents().stream().map(Event::of).toList() : null);
		}

	}

	/**
	 * An endpoint of a socket.
	 *
	 * @param endpoint the endpoint as the application wrote it
	 * @param address what it resolved to
	 * @param role {@code bind} or {@code connect}
	 * @param transport the transport
	 * @param state the state
	 * @param since when the state began
	 * @param connections live connections
	 * @param accepted connections accepted (bind)
	 * @param established connections established (connect)
	 * @param disconnected connections ended by the peer or the network
	 * @param closedLocally connections ended by this side
	 * @param acceptFailures connections that could not be accepted (bind)
	 * @param attempts attempts to connect (connect)
	 * @param retries retries scheduled (connect)
	 * @param retryInterval the current retry interval while retrying (connect)
	 * @param lastError the last error, if there was one
	 * @param peers the live connections, at most 100, if they may be shown
	 * @param peersOmitted how many more there are, if any
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Endpoint(String endpoint, @Nullable String address, String role, String transport, String state,
			@Nullable Instant since, @Nullable Integer connections, @Nullable Long accepted, @Nullable Long established,
			@Nullable Long disconnected, @Nullable Long closedLocally, @Nullable Long acceptFailures,
			@Nullable Long attempts, @Nullable Long retries, @Nullable Duration retryInterval,
			@Nullable Error lastError, @Nullable List<Peer> peers, @Nullable Integer peersOmitted) {

		static Endpoint of(ZmqEndpointSnapshot endpoint, boolean peers) {
			boolean listed = peers && endpoint.connections() != null;
			return new Endpoint(endpoint.endpoint(), endpoint.address(), endpoint.role().id(), endpoint.transport(),
					endpoint.state().id(), endpoint.since(), endpoint.connections(), endpoint.accepted(),
					endpoint.established(), endpoint.disconnected(), endpoint.closedLocally(),
					endpoint.acceptFailures(), endpoint.attempts(), endpoint.retries(), endpoint.retryInterval(),
					Error.of(endpoint.lastError()), listed ? endpoint.peers().stream().map(Peer::of).toList() : null,
					(listed && endpoint.peersOmitted() > 0) ? endpoint.peersOmitted() : null);
		}

	}

	/**
	 * A live connection.
	 *
	 * @param remote the address of the peer
	 * @param local the address on this side
	 * @param since when it was established
	 * @param zmtp the ZMTP version, where it can be told
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Peer(@Nullable String remote, @Nullable String local, Instant since, @Nullable String zmtp) {

		static Peer of(ZmqPeerSnapshot peer) {
			return new Peer(peer.remote(), peer.local(), peer.since(), peer.zmtp());
		}

	}

	/**
	 * The last error of an endpoint.
	 *
	 * @param operation what failed
	 * @param error the errno symbol or the reason
	 * @param detail more about a failed handshake
	 * @param at when it last happened
	 * @param count how often it happened
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Error(String operation, String error, @Nullable String detail, Instant at, long count) {

		static @Nullable Error of(@Nullable ZmqErrorSnapshot error) {
			return (error != null)
					? new Error(error.operation(), error.error(), error.detail(), error.at(), error.count()) : null;
		}

	}

	/**
	 * An event in the past of a socket.
	 *
	 * @param at when it happened
	 * @param event the kind of event
	 * @param address the address that came with it, if there was one
	 * @param value its value, if it has one
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Event(Instant at, String event, @Nullable String address, @Nullable String value) {

		static Event of(ZmqEventSnapshot event) {
			return new Event(event.at(), event.event().name(), event.address().isEmpty() ? null : event.address(),
					event.value());
		}

	}

	/**
	 * What the operator of a socket should know and no event tells.
	 *
	 * @param hint the kind of hint
	 * @param endpoint the endpoint as the application wrote it, if it is about one
	 * @param message what is so and what to do
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Hint(String hint, @Nullable String endpoint, String message) {

		static Hint of(ZmqHint hint) {
			return new Hint(hint.kind().id(), hint.endpoint(), hint.message());
		}

	}

	/**
	 * Whole messages through a socket.
	 *
	 * @param sent messages sent, one to several peers counting for each
	 * @param received messages received
	 */
	public record Messages(long sent, long received) {
	}

	/**
	 * Queues in both directions.
	 *
	 * @param sent outwards
	 * @param received inwards
	 */
	public record Queues(Queue sent, Queue received) {

		static Queues of(ZmqQueueSnapshot sent, ZmqQueueSnapshot received) {
			return new Queues(Queue.of(sent), Queue.of(received));
		}

	}

	/**
	 * Queues in one direction.
	 *
	 * @param size messages that wait
	 * @param limit the high-water mark, the smallest where there are several, if any
	 * @param utilization the fullest against its high-water mark, 0 to 1, if any has one
	 * @param full how many are at their high-water mark
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Queue(long size, @Nullable Integer limit, @Nullable Double utilization, int full) {

		static Queue of(ZmqQueueSnapshot queue) {
			return new Queue(queue.size(), queue.limit(), queue.utilization(), queue.full());
		}

	}

}
