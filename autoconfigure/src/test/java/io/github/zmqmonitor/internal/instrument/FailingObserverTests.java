package io.github.zmqmonitor.internal.instrument;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.SocketBase;
import zmq.ZError;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(InstrumentedJeromq.class)
class FailingObserverTests {

	@ParameterizedTest
	@ValueSource(strings = { "created", "callStarted", "callEnded", "endpointAdded", "sessionAccepted", "event",
			"ready", "connectionEnded", "engineTerminated", "pipeTerminated", "closing", "destroyed" })
	void aFailureEndsObservingAndNothingElse(String method) {
		AtomicInteger calls = new AtomicInteger();
		JeromqInstrumentation.observe(observer(method, calls, new StackOverflowError("on purpose")));
		RoundTrip.main(new String[0]);
		lose();
		assertThat(calls).hasValue(1);
		assertThat(JeromqInstrumentation.failure()).isInstanceOf(StackOverflowError.class);
		assertThat(JeromqInstrumentation.failures()).isOne();
		Recorder next = new Recorder();
		RoundTrip.main(new String[0]);
		assertThat(next.calls()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "unmatched", "refused", "unroutable" })
	void aFailureToCountDropsEndsThatAndNothingElse(String method) {
		AtomicInteger calls = new AtomicInteger();
		AtomicInteger created = new AtomicInteger();
		SocketObserver.Drops failing = failing(SocketObserver.Drops.class, method, calls,
				new StackOverflowError("on purpose"));
		JeromqInstrumentation.observe(new SocketObserver() {

			@Override
			public void created(SocketBase socket, boolean internal) {
				created.incrementAndGet();
			}

			@Override
			public Drops drops() {
				return failing;
			}

		});
		drop();
		assertThat(calls).hasValue(1);
		assertThat(JeromqInstrumentation.dropsOff()).contains("on purpose");
		assertThat(JeromqInstrumentation.reportsDrops()).isFalse();
		assertThat(JeromqInstrumentation.failure()).isNull();
		int before = created.get();
		drop();
		assertThat(calls).hasValue(1);
		assertThat(created).hasValue(2 * before);
	}

	/**
	 * Drop messages, and see that the error number stays as JeroMQ sets it.
	 */
	private static void drop() {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pub = context.createSocket(SocketType.PUB);
			pub.setHWM(1);
			pub.bind("inproc://pub");
			ZMQ.Socket sub = context.createSocket(SocketType.SUB);
			sub.setHWM(1);
			sub.subscribe("");
			sub.connect("inproc://pub");
			for (int i = 0; i < 10; i++) {
				assertThat(pub.send("message")).isTrue();
				assertThat(pub.base().errno()).isEqualTo(ZError.EAGAIN);
			}
			ZMQ.Socket router = context.createSocket(SocketType.ROUTER);
			assertThat(router.sendMore("nobody")).isTrue();
			assertThat(router.send("message")).isTrue();
		}
	}

	@Test
	void anObserverThatFailsWithASocketFromBeforeFailsAlike() {
		try (ZContext context = new ZContext()) {
			context.createSocket(SocketType.PUB);
			JeromqInstrumentation.observe(observer("created", new AtomicInteger(), new IllegalStateException()));
			assertThat(JeromqInstrumentation.failure()).isInstanceOf(IllegalStateException.class);
		}
	}

	@Test
	void errorNumbersStayAsJeromqSetsThem() {
		JeromqInstrumentation.observe(new SocketObserver() {
		});
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			pull.bind("tcp://127.0.0.1:*");
			ZMQ.Socket other = context.createSocket(SocketType.PULL);
			assertThat(other.base().bind(pull.getLastEndpoint())).isFalse();
			assertThat(other.base().errno()).isEqualTo(ZError.EADDRINUSE);
			assertThat(other.base().termEndpoint("tcp://127.0.0.1:1")).isFalse();
			assertThat(other.base().errno()).isEqualTo(ZError.ENOENT);
			assertThat(other.recv(ZMQ.DONTWAIT)).isNull();
			assertThat(other.base().errno()).isEqualTo(ZError.EAGAIN);
			other.base().errno.set(4711);
			other.base().eventCloseFailed("tcp://127.0.0.1:1", 1);
			assertThat(other.base().errno()).isEqualTo(4711);
		}
	}

	@Test
	void socketsBeyondTheLimitAreCounted() {
		try (ZContext context = new ZContext()) {
			context.setLinger(0);
			PendingSockets pending = new PendingSockets(2);
			ZMQ.Socket[] sockets = { context.createSocket(SocketType.PUB), context.createSocket(SocketType.PUB),
					context.createSocket(SocketType.PUB) };
			Arrays.stream(sockets).forEach((it) -> pending.add(it.base()));
			assertThat(pending.missed()).isOne();
			pending.remove(sockets[0].base());
			pending.add(sockets[2].base());
			assertThat(pending.missed()).isOne();
			assertThat(pending.take()).containsExactly(sockets[1].base(), sockets[2].base());
			assertThat(pending.take()).isEmpty();
		}
	}

	/**
	 * End a connection by its other side.
	 */
	private static void lose() {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			int port = RoundTrip.bind(pull);
			ZMQ.Socket push = context.createSocket(SocketType.PUSH);
			AtomicInteger lost = new AtomicInteger();
			push.setEventHook((event) -> lost.incrementAndGet(), ZMQ.EVENT_DISCONNECTED);
			push.connect("tcp://127.0.0.1:" + port);
			push.send("message");
			assertThat(pull.recvStr()).isEqualTo("message");
			pull.close();
			await().until(() -> lost.get() == 1);
		}
	}

	private static SocketObserver observer(String failing, AtomicInteger calls, Throwable failure) {
		return failing(SocketObserver.class, failing, calls, failure);
	}

	private static <T> T failing(Class<T> type, String failing, AtomicInteger calls, Throwable failure) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				if (method.getName().equals(failing)) {
					calls.incrementAndGet();
					throw failure;
				}
				return null;
			}));
	}

}
