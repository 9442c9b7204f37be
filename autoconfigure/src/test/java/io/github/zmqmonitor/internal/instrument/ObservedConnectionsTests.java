package io.github.zmqmonitor.internal.instrument;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.zmqmonitor.internal.instrument.Recorder.Call;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.Own;
import zmq.io.SessionBase;
import zmq.io.StreamEngine.ErrorReason;
import zmq.io.net.tcp.TcpListener;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(InstrumentedJeromq.class)
class ObservedConnectionsTests {

	private static final List<Integer> CONNECTING = List.of(zmq.ZMQ.ZMQ_EVENT_CONNECT_DELAYED,
			zmq.ZMQ.ZMQ_EVENT_CONNECTED, zmq.ZMQ.ZMQ_EVENT_CLOSED, zmq.ZMQ.ZMQ_EVENT_CONNECT_RETRIED,
			zmq.ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL, zmq.ZMQ.ZMQ_EVENT_DISCONNECTED);

	private final Recorder recorder = new Recorder();

	@Test
	void eventsBelongToTheSessionOfTheirEndpointThroughLossAndRetries() throws Exception {
		int refused = unusedPort();
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			int port = RoundTrip.bind(pull);
			ZMQ.Socket push = context.createSocket(SocketType.PUSH);
			push.setReconnectIVL(20);
			List<String> endpoints = List.of("tcp://localhost:" + port, "tcp://127.0.0.1:" + port,
					"tcp://127.0.0.1:" + refused);
			endpoints.forEach(push::connect);
			await().until(() -> this.recorder.calls(push, "ready").size() == 2);
			pull.close();
			await().until(() -> this.recorder.events(push, zmq.ZMQ.ZMQ_EVENT_DISCONNECTED).size() == 2);
			await().until(() -> this.recorder.events(push, zmq.ZMQ.ZMQ_EVENT_CONNECT_RETRIED).size() > 12);
			ZMQ.Socket again = context.createSocket(SocketType.PULL);
			assertThat(again.bind("tcp://127.0.0.1:" + port)).isTrue();
			await().until(() -> this.recorder.calls(push, "ready").size() == 4);
			Map<Own, String> owners = new HashMap<>();
			this.recorder.calls(push, "endpointAdded").forEach((it) -> owners.put(it.owner(), it.address()));
			assertThat(owners.values()).containsExactlyInAnyOrderElementsOf(endpoints);
			assertThat(this.recorder.calls(push, "event")).allSatisfy((it) -> {
				assertThat(it.detail()).isIn(CONNECTING);
				assertThat(it.owner()).isInstanceOf(SessionBase.class).isIn(owners.keySet());
				assertThat(owners.get(it.owner())).as(it.toString()).endsWith(port(it.address()));
			});
			for (String endpoint : endpoints) {
				List<Integer> codes = this.recorder.calls(push, "event")
					.stream()
					.filter((it) -> owners.get(it.owner()).equals(endpoint))
					.map((it) -> (Integer) it.detail())
					.toList();
				if (endpoint.endsWith(port(":" + refused))) {
					assertThat(codes).startsWith(zmq.ZMQ.ZMQ_EVENT_CONNECT_DELAYED, zmq.ZMQ.ZMQ_EVENT_CLOSED,
							zmq.ZMQ.ZMQ_EVENT_CONNECT_RETRIED);
				}
				else {
					assertThat(codes).containsOnlyOnce(zmq.ZMQ.ZMQ_EVENT_DISCONNECTED)
						.contains(zmq.ZMQ.ZMQ_EVENT_CONNECTED, zmq.ZMQ.ZMQ_EVENT_CONNECT_RETRIED,
								zmq.ZMQ.ZMQ_EVENT_CLOSED);
				}
			}
		}
		assertNothingFailed();
	}

	@Test
	void acceptedConnectionsLeadToTheirListener() throws Exception {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket router = context.createSocket(SocketType.ROUTER);
			int first = RoundTrip.bind(router);
			int second = RoundTrip.bind(router);
			for (int port : List.of(first, second, second)) {
				context.createSocket(SocketType.DEALER).connect("tcp://127.0.0.1:" + port);
			}
			await().until(() -> this.recorder.calls(router, "ready").size() == 3);
			await().until(() -> this.recorder.events(router, zmq.ZMQ.ZMQ_EVENT_ACCEPTED).size() == 3);
			Map<Own, String> listeners = new HashMap<>();
			this.recorder.calls(router, "endpointAdded").forEach((it) -> listeners.put(it.owner(), it.address()));
			assertThat(listeners.keySet()).hasSize(2).allMatch(TcpListener.class::isInstance);
			Map<Object, Own> sessions = new HashMap<>();
			this.recorder.calls(router, "sessionAccepted").forEach((it) -> sessions.put(it.detail(), it.owner()));
			assertThat(sessions).hasSize(3);
			assertThat(this.recorder.calls(router, "ready"))
				.allSatisfy((it) -> assertThat(listeners.get(sessions.get(it.owner())))
					.isEqualTo("tcp://" + address((SocketChannel) it.detail())));
			assertThat(this.recorder.calls(router, "event")).allSatisfy((it) -> {
				boolean ofSession = it.detail().equals(zmq.ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL);
				Own listener = ofSession ? sessions.get(it.owner()) : it.owner();
				assertThat(listeners.get(listener)).isEqualTo(it.address());
			});
			assertThat(this.recorder.events(router, zmq.ZMQ.ZMQ_EVENT_LISTENING)).hasSize(2);
		}
		assertNothingFailed();
	}

	@Test
	void ipcIsObservedAsTcpIs() throws Exception {
		try (ZContext context = new ZContext()) {
			String endpoint = MonitorFixture.freeIpcEndpoint();
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			assertThat(pull.bind(endpoint)).isTrue();
			ZMQ.Socket push = context.createSocket(SocketType.PUSH);
			push.connect(endpoint);
			Own session = this.recorder.await(push, "endpointAdded").owner();
			Own listener = this.recorder.await(pull, "endpointAdded").owner();
			assertThat(this.recorder.await(push, "ready").owner()).isSameAs(session);
			assertThat(this.recorder.awaitEvent(push, zmq.ZMQ.ZMQ_EVENT_CONNECTED).owner()).isSameAs(session);
			assertThat(this.recorder.awaitEvent(pull, zmq.ZMQ.ZMQ_EVENT_LISTENING).owner()).isSameAs(listener);
			assertThat(this.recorder.awaitEvent(pull, zmq.ZMQ.ZMQ_EVENT_ACCEPTED).owner()).isSameAs(listener);
			assertThat(this.recorder.await(pull, "ready").owner())
				.isSameAs(this.recorder.await(pull, "sessionAccepted").detail());
		}
		assertNothingFailed();
	}

	@Test
	void theEndOfAConnectionHasAReasonBeforeItsEvent() throws Exception {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			int port = RoundTrip.bind(pull);
			ZMQ.Socket push = context.createSocket(SocketType.PUSH);
			push.connect("tcp://127.0.0.1:" + port);
			Call ready = this.recorder.await(push, "ready");
			Call accepted = this.recorder.await(pull, "ready");
			pull.close();
			Call ended = this.recorder.await(push, "connectionEnded");
			assertThat(ended.owner()).isSameAs(ready.owner());
			assertThat(ended.argument()).isSameAs(ready.detail());
			assertThat(ended.detail()).isEqualTo(ErrorReason.CONNECTION);
			Call event = this.recorder.awaitEvent(push, zmq.ZMQ.ZMQ_EVENT_DISCONNECTED);
			assertThat(event.owner()).isSameAs(ready.owner());
			assertThat(event.argument()).isSameAs(ready.detail());
			assertThat(this.recorder.calls().indexOf(ended)).isLessThan(this.recorder.calls().indexOf(event));
			Call own = this.recorder.await(pull, "engineTerminated");
			assertThat(own.owner()).isSameAs(accepted.owner());
			assertThat(own.detail()).isSameAs(accepted.detail());
			assertThat(this.recorder.calls(pull, "connectionEnded")).isEmpty();
		}
		assertNothingFailed();
	}

	@Test
	void aHandshakeThatStandsStillEndsByTimeout() throws Exception {
		try (ZContext context = new ZContext(); ServerSocket silent = new ServerSocket(0)) {
			ZMQ.Socket push = context.createSocket(SocketType.PUSH);
			push.setHandshakeIvl(100);
			push.connect("tcp://127.0.0.1:" + silent.getLocalPort());
			assertThat(this.recorder.await(push, "connectionEnded").detail()).isEqualTo(ErrorReason.TIMEOUT);
			assertThat(this.recorder.calls(push, "ready")).isEmpty();
		}
		assertNothingFailed();
	}

	private void assertNothingFailed() {
		assertThat(JeromqInstrumentation.failure()).isNull();
	}

	private static int unusedPort() throws IOException {
		try (ServerSocket server = new ServerSocket(0)) {
			return server.getLocalPort();
		}
	}

	private static String port(String address) {
		return address.substring(address.lastIndexOf(':'));
	}

	private static String address(SocketChannel channel) throws IOException {
		return channel.getLocalAddress().toString().substring(1);
	}

}
