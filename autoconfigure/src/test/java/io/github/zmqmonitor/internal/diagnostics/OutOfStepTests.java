package io.github.zmqmonitor.internal.diagnostics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A REQ whose reply is lost and a REP that owes one, as time goes by.
 */
class OutOfStepTests {

	private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

	private final ZmqMonitor monitor = MonitorFixture
		.monitor(new MonitorClock(this.nanos::get, System::currentTimeMillis));

	private final ZContext context = new ZContext();

	@AfterEach
	void close() {
		this.context.close();
		this.monitor.close();
	}

	@Test
	void aReqWhoseServerIsGoneWaitsForNothing() {
		ZMQ.Socket server = bound(SocketType.REP);
		ZMQ.Socket req = socket("req", SocketType.REQ);
		req.connect(server.getLastEndpoint());
		req.send("request");
		assertThat(server.recvStr()).isEqualTo("request");
		passes(12);
		server.close();
		awaitHint("req");
		assertThat(message("req")).startsWith("no reply has come for more than 10 s");
	}

	@Test
	void aReqThatIsConnectedAgainWaitsForNothing() {
		ZMQ.Socket server = bound(SocketType.REP);
		String endpoint = server.getLastEndpoint();
		ZMQ.Socket req = socket("req", SocketType.REQ);
		req.connect(endpoint);
		req.send("request");
		assertThat(server.recvStr()).isEqualTo("request");
		passes(12);
		server.close();
		await().ignoreExceptions().until(() -> this.context.createSocket(SocketType.REP).bind(endpoint));
		// without hints, so that nobody looks while there is no connection
		await().until(() -> this.monitor.snapshot().sockets().get(0).endpoints().get(0).established() == 2);
		awaitHint("req");
		assertThatThrownBy(() -> req.send("another request")).isInstanceOf(ZMQException.class);
		req.setReqRelaxed(true);
		assertThat(hints("req")).isEmpty();
		assertThat(req.send("another request")).isTrue();
		passes(12);
	}

	@Test
	void aReqThatIsBoundLosesItsPeerForGood() {
		ZMQ.Socket req = socket("req", SocketType.REQ);
		req.bind("tcp://127.0.0.1:*");
		ZMQ.Socket server = this.context.createSocket(SocketType.REP);
		server.connect(req.getLastEndpoint());
		req.send("request");
		assertThat(server.recvStr()).isEqualTo("request");
		server.close();
		await().untilAsserted(() -> {
			this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
			assertThat(req.recv(ZMQ.DONTWAIT)).isNull();
			assertThat(hints("req")).hasSize(1);
		});
	}

	@Test
	void aReqThatIsOnlySlowlyRepliedToIsInStep() {
		ZMQ.Socket server = bound(SocketType.REP);
		ZMQ.Socket req = socket("req", SocketType.REQ);
		req.connect(server.getLastEndpoint());
		passes(12);
		req.send("request");
		assertThat(server.recvStr()).isEqualTo("request");
		passes(30);
		server.send("reply");
		assertThat(req.recvStr()).isEqualTo("reply");
		server.close();
		passes(12);
	}

	@Test
	void aRequestThatHasYetToBeSentIsNotLost() {
		ZMQ.Socket req = socket("req", SocketType.REQ);
		req.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		req.send("request");
		passes(12);
	}

	@Test
	void aReplyThatWaitsToBeReceivedIsNotLost() {
		ZMQ.Socket server = bound(SocketType.REP);
		ZMQ.Socket req = socket("req", SocketType.REQ);
		req.connect(server.getLastEndpoint());
		req.send("request");
		assertThat(server.recvStr()).isEqualTo("request");
		server.send("reply");
		awaitWaiting("req");
		server.close();
		await().until(() -> this.monitor.snapshot("req").sockets().get(0).endpoints().get(0).disconnected() == 1);
		passes(12);
		assertThat(req.recvStr()).isEqualTo("reply");
	}

	@Test
	void aReqOfInprocHasNoConnectionToLose() {
		ZMQ.Socket server = this.context.createSocket(SocketType.REP);
		server.bind("inproc://requests");
		ZMQ.Socket req = socket("req", SocketType.REQ);
		req.connect("inproc://requests");
		req.send("request");
		assertThat(server.recvStr()).isEqualTo("request");
		passes(12);
	}

	@Test
	void aRepThatDoesNotReplyIsHinted() {
		ZMQ.Socket rep = socket("rep", SocketType.REP);
		rep.bind("tcp://127.0.0.1:*");
		ZMQ.Socket client = this.context.createSocket(SocketType.REQ);
		client.connect(rep.getLastEndpoint());
		passes(65);
		for (int i = 0; i < 3; i++) {
			client.send("request");
			assertThat(rep.recvStr()).isEqualTo("request");
			passes(30);
			rep.send("reply");
			assertThat(client.recvStr()).isEqualTo("reply");
		}
		client.send("request");
		assertThat(rep.recvStr()).isEqualTo("request");
		client.close();
		awaitHint("rep");
		assertThat(message("rep")).startsWith("a request was received more than a minute ago");
		ZMQ.Socket other = this.context.createSocket(SocketType.REQ);
		other.connect(rep.getLastEndpoint());
		other.send("request");
		ZMQ.Poller poller = this.context.createPoller(1);
		poller.register(rep, ZMQ.Poller.POLLIN);
		awaitWaiting("rep");
		assertThat(poller.poll(0)).isZero();
		rep.send("reply");
		assertThat(hints("rep")).isEmpty();
		await().until(() -> poller.poll(10) == 1);
		poller.close();
	}

	private ZMQ.Socket socket(String name, SocketType type) {
		return this.monitor.monitor(name, this.context.createSocket(type));
	}

	private ZMQ.Socket bound(SocketType type) {
		ZMQ.Socket socket = this.context.createSocket(type);
		socket.bind("tcp://127.0.0.1:*");
		return socket;
	}

	/**
	 * Seconds in which somebody looks, and nothing is wrong.
	 */
	private void passes(int seconds) {
		for (int i = 0; i < seconds; i++) {
			this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
			assertThat(this.monitor.hints()).extracting(ZmqHint::kind).doesNotContain(ZmqHint.Kind.REQ_OUT_OF_STEP);
		}
	}

	/**
	 * A message has arrived that is still to be received.
	 */
	private void awaitWaiting(String name) {
		await().untilAsserted(() -> {
			this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
			assertThat(this.monitor.snapshot(name).sockets().get(0).queues().received().size()).isEqualTo(1);
		});
	}

	private void awaitHint(String name) {
		await().untilAsserted(() -> {
			this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
			assertThat(hints(name)).hasSize(1);
		});
	}

	private List<ZmqHint> hints(String name) {
		return this.monitor.hints()
			.stream()
			.filter((hint) -> hint.socketName().equals(name) && hint.kind() == ZmqHint.Kind.REQ_OUT_OF_STEP)
			.toList();
	}

	private String message(String name) {
		return hints(name).get(0).message();
	}

}
