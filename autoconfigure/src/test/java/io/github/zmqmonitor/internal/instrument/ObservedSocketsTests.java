package io.github.zmqmonitor.internal.instrument;

import java.lang.reflect.Field;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zmqmonitor.internal.instrument.Recorder.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMonitor;
import zmq.SocketBase;
import zmq.ZError;
import zmq.io.SessionBase;
import zmq.io.net.tcp.TcpListener;
import zmq.pipe.Pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ExtendWith(InstrumentedJeromq.class)
class ObservedSocketsTests {

	private final Recorder recorder = new Recorder();

	@Test
	void everySocketIsReportedByItsCreator() {
		try (ZContext context = new ZContext(); ZContext shadow = context.shadow()) {
			for (SocketType type : SocketType.values()) {
				assertCreated(context.createSocket(type));
			}
			assertCreated(shadow.createSocket(SocketType.PUB));
			try (ZMQ.Socket unmanaged = context.getContext().socket(SocketType.PUB)) {
				assertCreated(unmanaged);
			}
		}
		try (ZMQ.Context context = ZMQ.context(1); ZMQ.Socket socket = context.socket(SocketType.PUB)) {
			assertCreated(socket);
		}
		assertNothingFailed();
	}

	@Test
	void socketsThatJeromqMakesForItselfAreMarked() {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pub = context.createSocket(SocketType.PUB);
			assertThat(pub.monitor("inproc://events", zmq.ZMQ.ZMQ_EVENT_ALL)).isTrue();
			assertThat(created(true)).hasSize(1);
			assertThat(created(false)).hasSize(1);
			ZMQ.Socket waiting = context.createSocket(SocketType.PAIR);
			waiting.connect("inproc://never-bound");
		}
		assertThat(created(true)).hasSize(2);
		assertThat(created(false)).hasSize(2);
		assertNothingFailed();
	}

	@Test
	void callsForEndpointsAreReportedWithTheirResults() {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			int port = RoundTrip.bind(pull);
			String endpoint = "tcp://127.0.0.1:" + port;
			ZMQ.Socket other = context.createSocket(SocketType.PULL);
			assertThat(other.base().bind(endpoint)).isFalse();
			assertThat(other.base().errno()).isEqualTo(ZError.EADDRINUSE);
			assertThat(other.base().termEndpoint(endpoint)).isFalse();
			assertThat(other.base().connect(endpoint)).isTrue();
			assertThat(other.base().termEndpoint(endpoint)).isTrue();
			assertThat(this.recorder.calls(other, "started")).extracting(Call::detail)
				.containsExactly(EndpointCall.BIND, EndpointCall.TERMINATE, EndpointCall.CONNECT,
						EndpointCall.TERMINATE);
			assertThat(this.recorder.calls(other, "ended")).extracting(Call::detail)
				.containsExactly("BIND false " + ZError.EADDRINUSE, "TERMINATE false " + ZError.ENOENT,
						"CONNECT true 0", "TERMINATE true 0");
			assertThat(this.recorder.calls(other, "ended")).allMatch((it) -> it.address().equals(endpoint))
				.allMatch((it) -> it.thread() == Thread.currentThread());
			Call failed = this.recorder.events(other, zmq.ZMQ.ZMQ_EVENT_BIND_FAILED).get(0);
			assertThat(failed.owner()).isNull();
			assertThat(this.recorder.events(other, zmq.ZMQ.ZMQ_EVENT_CLOSED).get(0).owner())
				.isInstanceOf(TcpListener.class);
		}
		assertNothingFailed();
	}

	@Test
	void whatJeromqThrowsIsReportedAndThrown() {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket push = context.createSocket(SocketType.PUSH);
			assertThatIllegalArgumentException().isThrownBy(() -> push.base().connect("nonsense"))
				.satisfies((it) -> assertThat(this.recorder.calls(push, "ended").get(0).detail()).isSameAs(it));
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> push.base().bind(null))
				.satisfies((it) -> assertThat(this.recorder.calls(push, "ended").get(1).detail()).isSameAs(it));
		}
		assertNothingFailed();
	}

	@Test
	void threadSafeSocketsAndPeersAreReported() {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket server = context.createSocket(SocketType.PEER);
			int port = RoundTrip.bind(server);
			ZMQ.Socket client = context.createSocket(SocketType.PEER);
			assertThat(client.connectPeer("tcp://127.0.0.1:" + port)).isNotZero();
			assertThat(this.recorder.calls(client, "ended").get(0).detail()).isEqualTo("CONNECT true 0");
			ZMQ.Socket push = context.createSocket(SocketType.PUSH);
			assertThat(push.base().connectPeer("tcp://127.0.0.1:" + port)).isZero();
			assertThat(this.recorder.calls(push, "ended").get(0).detail()).isEqualTo("CONNECT false " + ZError.ENOTSUP);
			this.recorder.await(server, "ready");
			this.recorder.await(client, "ready");
		}
		assertNothingFailed();
	}

	@Test
	void endpointsAreKnownBeforeTheirEvents() {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			assertThat(pull.bind("tcp://127.0.0.1:*")).isTrue();
			Call bound = this.recorder.await(pull, "endpointAdded");
			assertThat(bound.owner()).isInstanceOf(TcpListener.class);
			assertThat(bound.address()).isEqualTo(pull.getLastEndpoint());
			assertThat(this.recorder.awaitEvent(pull, zmq.ZMQ.ZMQ_EVENT_LISTENING).owner()).isSameAs(bound.owner());
			String written = bound.address().replace("127.0.0.1", "localhost");
			ZMQ.Socket push = context.createSocket(SocketType.PUSH);
			push.connect(written);
			Call connected = this.recorder.await(push, "endpointAdded");
			assertThat(connected.owner()).isInstanceOf(SessionBase.class);
			assertThat(connected.address()).isEqualTo(written);
			assertThat(connected.detail()).isInstanceOf(Pipe.class);
			Call event = this.recorder.awaitEvent(push, zmq.ZMQ.ZMQ_EVENT_CONNECTED);
			assertThat(this.recorder.calls()).containsSubsequence(connected, event);
		}
		assertNothingFailed();
	}

	@Test
	void pipesEndWithFinalCounts() throws Exception {
		AtomicReference<SocketBase> sender = new AtomicReference<>();
		AtomicReference<SocketBase> receiver = new AtomicReference<>();
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			int port = RoundTrip.bind(pull);
			ZMQ.Socket push = context.createSocket(SocketType.PUSH);
			push.connect("tcp://127.0.0.1:" + port);
			sender.set(push.base());
			receiver.set(pull.base());
			for (int i = 0; i < 25; i++) {
				push.send("message");
				assertThat(pull.recvStr()).isEqualTo("message");
			}
			push.close();
			this.recorder.await(sender.get(), (it) -> it.what().equals("destroyed"));
		}
		assertThat(count(sender.get(), "msgsWritten")).isEqualTo(25);
		assertThat(count(receiver.get(), "msgsRead")).isEqualTo(25);
		assertNothingFailed();
	}

	@Test
	void theEndOfASocketIsReported() {
		SocketBase base;
		try (ZContext context = new ZContext()) {
			base = context.createSocket(SocketType.ROUTER).base();
		}
		List<Call> calls = this.recorder.calls().stream().filter((it) -> it.socket() == base).toList();
		assertThat(calls).extracting(Call::what).containsExactly("created", "closing", "destroyed");
		assertThat(calls.get(1).thread()).isSameAs(Thread.currentThread());
		assertThat(calls.get(2).thread().getName()).startsWith("reaper-");
		assertNothingFailed();
	}

	@Test
	void socketsFromBeforeAnObserverAreReportedToItUnlessTheyAreClosed() {
		this.recorder.stop();
		try (ZContext context = new ZContext()) {
			ZMQ.Socket early = context.createSocket(SocketType.PUB);
			early.monitor("inproc://early", zmq.ZMQ.ZMQ_EVENT_ALL);
			context.createSocket(SocketType.SUB).close();
			Recorder second = new Recorder();
			// the end of the closed one can come at any time
			assertThat(second.calls()).filteredOn((call) -> !"destroyed".equals(call.what())).hasSize(1);
			assertThat(second.calls(early, "created")).hasSize(1);
			ZMQ.Socket late = context.createSocket(SocketType.PUB);
			assertThat(new Recorder().calls()).isEmpty();
			assertThat(second.calls(late, "created")).hasSize(1);
			assertThat(this.recorder.calls()).isEmpty();
		}
		assertNothingFailed();
	}

	@Test
	void monitorsOfTheApplicationSeeWhatTheyAlwaysDo() throws Exception {
		try (ZContext context = new ZContext(); ServerSocket server = new ServerSocket(0)) {
			ZMQ.Socket push = context.createSocket(SocketType.PUSH);
			try (ZMonitor monitor = new ZMonitor(context, push)) {
				monitor.add(ZMonitor.Event.CONNECTED).start();
				push.connect("tcp://127.0.0.1:" + server.getLocalPort());
				assertThat(monitor.nextEvent().type).isEqualTo(ZMonitor.Event.CONNECTED);
				assertThat(this.recorder.events(push, zmq.ZMQ.ZMQ_EVENT_CONNECT_DELAYED)).isNotEmpty();
			}
		}
		assertNothingFailed();
	}

	private long count(SocketBase socket, String field) throws Exception {
		long count = 0;
		for (Call call : this.recorder.calls(socket, "pipeTerminated")) {
			Field counter = Pipe.class.getDeclaredField(field);
			counter.setAccessible(true);
			count += counter.getLong(call.detail());
		}
		return count;
	}

	private List<Call> created(boolean internal) {
		return this.recorder.calls()
			.stream()
			.filter((it) -> it.what().equals("created") && it.detail().equals(internal))
			.toList();
	}

	private void assertCreated(ZMQ.Socket socket) {
		assertThat(this.recorder.calls(socket, "created")).singleElement().satisfies((it) -> {
			assertThat(it.detail()).isEqualTo(false);
			assertThat(it.thread()).isSameAs(Thread.currentThread());
		});
	}

	private void assertNothingFailed() {
		assertThat(JeromqInstrumentation.failure()).isNull();
	}

}
