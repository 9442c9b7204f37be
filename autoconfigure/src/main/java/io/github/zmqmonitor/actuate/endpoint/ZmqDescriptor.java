package io.github.zmqmonitor.actuate.endpoint;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The answer of the endpoint: a snapshot and its summary.
 *
 * @param summary the numbers of what is listed
 * @param sockets the sockets
 */
public record ZmqDescriptor(Summary summary, List<ZmqSocketSnapshot> sockets) implements OperationResponseBody {

	static ZmqDescriptor of(List<ZmqSocketSnapshot> sockets, int unseen) {
		Map<String, Integer> states = new TreeMap<>();
		int endpoints = 0;
		int connections = 0;
		int handshaking = 0;
		for (ZmqSocketSnapshot socket : sockets) {
			endpoints += socket.endpoints().size();
			for (ZmqEndpointSnapshot endpoint : socket.endpoints()) {
				states.merge(endpoint.state().id(), 1, Integer::sum);
				connections += (endpoint.connections() != null) ? endpoint.connections() : 0;
				handshaking += (endpoint.handshaking() != null) ? endpoint.handshaking() : 0;
			}
		}
		return new ZmqDescriptor(new Summary(sockets.size(), endpoints, connections, handshaking, states,
				(unseen > 0) ? (Integer) unseen : null), sockets);
	}

	/**
	 * Numbers of the sockets listed.
	 *
	 * @param sockets the number of sockets
	 * @param endpoints the number of endpoints
	 * @param connections the number of connections that are ready to use, as far as known
	 * @param handshaking the number of connections whose handshake is not over, as far as
	 * known
	 * @param states the number of endpoints in each state that occurs
	 * @param contextsUnseen the number of contexts whose sockets are not seen,
	 * {@code null} if there is none
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Summary(int sockets, int endpoints, int connections, int handshaking, Map<String, Integer> states,
			@Nullable Integer contextsUnseen) {

	}

}
