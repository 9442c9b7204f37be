package io.github.zmqmonitor.internal.beans;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import org.zeromq.ZMonitor;
import zmq.ZError;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.github.zmqmonitor.monitor.MonitorFixture.assertCloses;
import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Monitors of the application on monitored sockets.
 */
class ApplicationMonitorsTests {

	private static final int WAIT = (int) MonitorFixture.LIMIT.toMillis();

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@Test
	void aPairSocketReceivesEvents() {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		assertThat(server.monitor("inproc://monitor", ZMQ.EVENT_ALL)).isTrue();
		ZMQ.Socket pair = reader("inproc://monitor");
		server.bind("tcp://127.0.0.1:*");
		connect(server);
		assertThat(event(pair)).isEqualTo(ZMonitor.Event.LISTENING);
		assertThat(event(pair)).isEqualTo(ZMonitor.Event.ACCEPTED);
		assertThat(event(pair)).isEqualTo(ZMonitor.Event.HANDSHAKE_PROTOCOL);
		this.fixture.awaitConnections("server", 1);
	}

	@Test
	void aMaskSelectsEvents() {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		server.monitor("inproc://monitor", ZMQ.EVENT_ACCEPTED);
		ZMQ.Socket pair = reader("inproc://monitor");
		server.bind("tcp://127.0.0.1:*");
		connect(server);
		assertThat(event(pair)).isEqualTo(ZMonitor.Event.ACCEPTED);
	}

	@Test
	void severalMonitorsSeeEveryEvent() {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		server.monitor("inproc://one", ZMQ.EVENT_ALL);
		server.monitor("inproc://two", ZMQ.EVENT_ALL);
		List<ZMonitor.Event> hooked = new CopyOnWriteArrayList<>();
		server.setEventHook((event) -> hooked.add(event.getEvent()), ZMQ.EVENT_ALL);
		List<ZMQ.Socket> readers = List.of(reader("inproc://one"), reader("inproc://two"));
		server.bind("tcp://127.0.0.1:*");
		connect(server);
		for (ZMQ.Socket reader : readers) {
			assertThat(event(reader)).isEqualTo(ZMonitor.Event.LISTENING);
			assertThat(event(reader)).isEqualTo(ZMonitor.Event.ACCEPTED);
		}
		await().untilAsserted(() -> assertThat(hooked).containsExactly(ZMonitor.Event.LISTENING,
				ZMonitor.Event.ACCEPTED, ZMonitor.Event.HANDSHAKE_PROTOCOL));
	}

	@Test
	void removingTheirsTellsThemAndLeavesOurs() {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		AtomicInteger closed = new AtomicInteger();
		List<ZMonitor.Event> hooked = new CopyOnWriteArrayList<>();
		server.setEventHook(new ZEvent.ZEventConsummer() {

			@Override
			public void consume(ZEvent event) {
				hooked.add(event.getEvent());
			}

			@Override
			public void close() {
				closed.incrementAndGet();
			}

		}, ZMQ.EVENT_ALL);
		assertThat(server.monitor(null, 0)).isTrue();
		await().untilAsserted(() -> assertThat(closed).hasValue(1));
		assertThat(hooked).containsExactly(ZMonitor.Event.MONITOR_STOPPED);
		server.bind("tcp://127.0.0.1:*");
		connect(server);
		this.fixture.awaitConnections("server", 1);
		assertThat(hooked).hasSize(1);
		assertThat(server.setEventHook(null, 0)).isTrue();
		assertThat(this.fixture.only("server").monitored()).isTrue();
	}

	@Test
	void zMonitorWorksBesideUs() {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		try (ZMonitor monitor = new ZMonitor(this.fixture.context(), server)) {
			monitor.add(ZMonitor.Event.ALL).start();
			server.bind("tcp://127.0.0.1:*");
			assertThat(monitor.nextEvent(WAIT).type).isEqualTo(ZMonitor.Event.LISTENING);
			connect(server);
			assertThat(monitor.nextEvent(WAIT).type).isEqualTo(ZMonitor.Event.ACCEPTED);
		}
		this.fixture.awaitConnections("server", 1);
	}

	@Test
	void otherTransportsAreNotSupported() {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		assertThat(server.monitor("tcp://127.0.0.1:5555", ZMQ.EVENT_ALL)).isFalse();
		assertThat(server.errno()).isEqualTo(ZError.EPROTONOSUPPORT);
	}

	@Test
	void malformedAddressesAreRefusedAsInPlainJeroMq() {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		assertThatIllegalArgumentException().isThrownBy(() -> server.monitor("nonsense", ZMQ.EVENT_ALL));
		assertThatIllegalArgumentException().isThrownBy(() -> server.monitor("inproc://", ZMQ.EVENT_ALL));
	}

	@Test
	void anAddressThatIsTakenIsRefusedAndLeaksNothing() throws Exception {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		server.monitor("inproc://monitor", ZMQ.EVENT_ALL);
		assertThat(server.monitor("inproc://monitor", ZMQ.EVENT_ALL)).isFalse();
		assertThat(server.errno()).isEqualTo(ZError.EADDRINUSE);
		assertCloses(this.fixture.context());
	}

	@Test
	void afterTerminationTheErrnoIsEterm() throws Exception {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		Thread terminator = new Thread(() -> this.fixture.context().getContext().term());
		terminator.start();
		await().untilAsserted(() -> {
			assertThatExceptionOfType(ZMQException.class).isThrownBy(() -> server.recv(ZMQ.DONTWAIT))
				.returns(ZError.ETERM, ZMQException::getErrorCode);
		});
		assertThat(server.monitor("inproc://monitor", ZMQ.EVENT_ALL)).isFalse();
		assertThat(server.errno()).isEqualTo(ZError.ETERM);
		assertThat(server.setEventHook((event) -> {
		}, ZMQ.EVENT_ALL)).isFalse();
		assertThat(server.errno()).isEqualTo(ZError.ETERM);
		server.close();
		terminator.join(WAIT);
		assertThat(terminator.isAlive()).isFalse();
	}

	@Test
	void aReaderThatNeverReadsStopsNothing() throws Exception {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		server.monitor("inproc://monitor", ZMQ.EVENT_ALL);
		reader("inproc://monitor");
		for (int i = 0; i < 5000; i++) {
			server.base().eventAcceptFailed("tcp://127.0.0.1:1", ZError.EIOEXC);
		}
		assertThat(this.fixture.endpoint("server").acceptFailures()).isEqualTo(5000);
		assertCloses(this.fixture.context());
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void whatNobodyReadsWaitsUpToALimitAndTheRestIsCounted(CapturedOutput output) throws Exception {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		server.monitor("inproc://monitor", ZMQ.EVENT_ALL);
		int fired = ApplicationMonitor.Pair.BACKLOG + 7;
		for (int i = 0; i < fired; i++) {
			server.base().eventAcceptFailed("tcp://127.0.0.1:1", ZError.EIOEXC);
		}
		assertThat(this.fixture.monitor().statistics().droppedFromHooks()).isEqualTo(7);
		await()
			.untilAsserted(() -> assertThat(output).contains("monitor of a socket at inproc://monitor does not read"));
		ZMQ.Socket pair = reader("inproc://monitor");
		for (int i = 0; i < ApplicationMonitor.Pair.BACKLOG; i++) {
			assertThat(event(pair)).isEqualTo(ZMonitor.Event.ACCEPT_FAILED);
		}
		server.bind("tcp://127.0.0.1:*");
		assertThat(event(pair)).isEqualTo(ZMonitor.Event.LISTENING);
		assertCloses(this.fixture.context());
	}

	@Test
	void aContextWithMonitorsCloses() throws Exception {
		for (int i = 0; i < 20; i++) {
			ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER);
			server.monitor("inproc://monitor-" + i, ZMQ.EVENT_ALL);
			server.setEventHook((event) -> {
			}, ZMQ.EVENT_ALL);
			server.bind("tcp://127.0.0.1:*");
		}
		assertCloses(this.fixture.context());
	}

	@Test
	void theErrnoThatTheApplicationReadsIsItsOwn() {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		server.monitor("inproc://unread", ZMQ.EVENT_ALL);
		ZContext plain = new ZContext();
		try {
			ZMQ.Socket other = plain.createSocket(SocketType.ROUTER);
			other.base().errno.set(0);
			other.bind("tcp://127.0.0.1:*");
			int expected = other.errno();
			server.base().errno.set(0);
			server.bind("tcp://127.0.0.1:*");
			assertThat(server.errno()).isEqualTo(expected);
		}
		finally {
			plain.close();
		}
	}

	private ZMQ.Socket reader(String address) {
		ZMQ.Socket pair = this.fixture.socket(SocketType.PAIR);
		pair.setReceiveTimeOut(WAIT);
		pair.connect(address);
		return pair;
	}

	private static ZMonitor.Event event(ZMQ.Socket pair) {
		ZEvent event = ZEvent.recv(pair);
		assertThat(event).isNotNull();
		return event.getEvent();
	}

	private void connect(ZMQ.Socket server) {
		this.fixture.socket(SocketType.DEALER, "client").connect(server.getLastEndpoint());
	}

}
