package io.github.zmqmonitor.monitor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.internal.instrument.MonitorCalls;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;
import org.zeromq.ZMonitor;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Monitors of the application work as in JeroMQ without this library, in both ways to
 * find sockets.
 */
class PlainMonitorsTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@ParameterizedTest
	@ValueSource(ints = { 0, 5, 300 })
	void aReaderThatConnectsLaterGetsEachEvent(int delay) throws Exception {
		assertThat(monitored("readerFirst", delay)).isEqualTo(MonitorCalls.inPlainJeroMq("readerFirst", delay))
			.containsExactly("CONNECT_DELAYED", "CONNECTED", "HANDSHAKE_PROTOCOL");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 5, 300 })
	void aReaderThatConnectsAfterTheSocketGetsWhatCameBefore(int delay) throws Exception {
		assertThat(monitored("readerLast", delay)).isEqualTo(MonitorCalls.inPlainJeroMq("readerLast", delay))
			.containsExactly("CONNECT_DELAYED", "CONNECTED", "HANDSHAKE_PROTOCOL");
	}

	@ParameterizedTest
	@ValueSource(ints = { ZMQ.EVENT_BIND_FAILED, ZMQ.EVENT_LISTENING, ZMQ.EVENT_ALL, ZMQ.EVENT_ACCEPTED })
	void callsReturnAndThrowAsInPlainJeroMq(int mask) throws Exception {
		assertThat(monitored("binds", mask)).isEqualTo(MonitorCalls.inPlainJeroMq("binds", mask));
	}

	@Test
	void aBindThatFailsReturnsFalseIfTheMonitorTakesItsEvent() {
		assertThat(monitored("binds", ZMQ.EVENT_BIND_FAILED)).startsWith("true, errno 35", "false, errno 35")
			.contains("BIND_FAILED");
	}

	@Test
	void hooksAreCalledWithinBindAsInPlainJeroMq() throws Exception {
		assertThat(monitored("hooks", 0)).isEqualTo(MonitorCalls.inPlainJeroMq("hooks", 0));
	}

	@Test
	void aMonitorAtTheBaseWorksBesideOurs() {
		Assumptions.assumeTrue(Ways.isAuto(), "where sockets are found by beans, the one hook of the base is ours");
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		assertThat(server.base().monitor("inproc://base", ZMQ.EVENT_ALL)).isTrue();
		ZMQ.Socket reader = this.fixture.socket(SocketType.PAIR);
		reader.connect("inproc://base");
		server.bind("tcp://127.0.0.1:*");
		assertThat(ZEvent.recv(reader).getEvent()).isEqualTo(ZMonitor.Event.LISTENING);
		connect(server);
		assertThat(ZEvent.recv(reader).getEvent()).isEqualTo(ZMonitor.Event.ACCEPTED);
		this.fixture.awaitConnections("server", 1);
	}

	@Test
	void aHookAtTheBaseWorksBesideOurs() {
		Assumptions.assumeTrue(Ways.isAuto(), "where sockets are found by beans, the one hook of the base is ours");
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		List<Integer> hooked = new CopyOnWriteArrayList<>();
		assertThat(server.base().setEventHook((event) -> hooked.add(event.event), ZMQ.EVENT_ALL)).isTrue();
		server.bind("tcp://127.0.0.1:*");
		connect(server);
		await().untilAsserted(() -> assertThat(hooked).startsWith(ZMQ.EVENT_LISTENING, ZMQ.EVENT_ACCEPTED));
		assertThat(server.base().setEventHook(null, 0)).isTrue();
		this.fixture.awaitConnections("server", 1);
		assertThat(this.fixture.only("server").monitored()).isTrue();
	}

	private List<String> monitored(String scenario, int argument) {
		return MonitorCalls.run(this.fixture.context(), scenario, argument);
	}

	private void connect(ZMQ.Socket server) {
		this.fixture.socket(SocketType.DEALER, "client").connect(server.getLastEndpoint());
	}

}
