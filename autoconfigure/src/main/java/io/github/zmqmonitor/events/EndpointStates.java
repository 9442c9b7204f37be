package io.github.zmqmonitor.events;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * The states of endpoints as the log has told them. Not safe for use by several threads.
 */
final class EndpointStates {

	private static final int REMEMBERED = 1000;

	private final Map<String, Told> ofSockets = new Recent();

	private final Map<String, Told> ofNames = new Recent();

	/**
	 * What an event tells about the state of its endpoint, {@code null} if nothing.
	 */
	static @Nullable Told of(ZmqSocketEvent event) {
		return switch (event.type()) {
			case LISTENING -> Told.LISTENING;
			case BIND_FAILED, CONNECT_FAILED -> Told.FAILED;
			case CLOSED -> (event.state() == ZmqEndpointState.CLOSED) ? Told.CLOSED : null;
			case CONNECTED, HANDSHAKE_PROTOCOL, HANDSHAKE_SUCCEEDED -> isConnected(event) ? Told.CONNECTED : null;
			case DISCONNECTED -> isLost(event) ? Told.LOST : null;
			default -> null;
		};
	}

	/**
	 * Whether the connection of a connecting endpoint is ready.
	 */
	static boolean isConnected(ZmqSocketEvent event) {
		ZmqSocketEvent.Connection connection = event.connection();
		return event.role() == ZmqEndpointRole.CONNECT && connection != null && connection.ready();
	}

	private static boolean isLost(ZmqSocketEvent event) {
		return isConnected(event) && event.state() != ZmqEndpointState.CONNECTED;
	}

	/**
	 * The state that was told last about an endpoint of any socket of this name.
	 */
	@Nullable Told last(String subject) {
		return this.ofNames.get(subject);
	}

	/**
	 * Tell a state.
	 * @param subject the endpoint of the socket's name
	 * @param socket the id of the socket
	 * @return whether that is a change: for a socket that is new, compared with what was
	 * told last about others of its name
	 */
	boolean tell(String subject, String socket, Told state) {
		Told known = this.ofSockets.put(socket + ' ' + subject, state);
		Told last = this.ofNames.put(subject, state);
		return state != ((known != null) ? known : last);
	}

	/**
	 * An endpoint is in a state that is not told.
	 */
	void forget(String subject, String socket) {
		this.ofSockets.remove(socket + ' ' + subject);
		this.ofNames.remove(subject);
	}

	/**
	 * A state of an endpoint that is worth a line.
	 */
	enum Told {

		LISTENING, FAILED, CLOSED, CONNECTED, LOST, ABANDONED

	}

	/**
	 * Those that were told of lately.
	 */
	private static final class Recent extends LinkedHashMap<String, Told> {

		private static final long serialVersionUID = 1L;

		Recent() {
			super(16, 0.75f, true);
		}

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
			return size() > REMEMBERED;
		}

	}

}
