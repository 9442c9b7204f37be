package io.github.zmqmonitor.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.internal.totals.AggregateListener;
import io.github.zmqmonitor.internal.totals.SocketAggregate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;
import org.zeromq.ZThread;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What sockets and connections have counted when they end, however that happens. Each end
 * of a pipe is reported by the changed classes only.
 */
class FinalCountsTests {

	private static final int QUESTIONS = 3;

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	private final List<SocketAggregate> aggregates = new ArrayList<>();

	@BeforeEach
	void collectAggregates() {
		Assumptions.assumeTrue(Ways.isAuto(), "skipped: ends of pipes are reported by changed classes only");
		this.fixture.monitor().registry().totals().addListener(new AggregateListener<>() {

			@Override
			public void added(SocketAggregate aggregate) {
				FinalCountsTests.this.aggregates.add(aggregate);
			}

			@Override
			public void removed(SocketAggregate aggregate) {
			}

		});
	}

	@Test
	void fiftyClientsThatAskOnceAndGoAreFiftyReceivedAndFiftySent() throws Exception {
		ZMQ.Socket server = this.fixture.bound(SocketType.REP, "server");
		Thread answering = answer(server, 50);
		for (int i = 0; i < 50; i++) {
			try (ZContext context = new ZContext()) {
				ask("client", context.createSocket(SocketType.REQ), server.getLastEndpoint(), 1);
			}
		}
		answering.join();
		awaitTotals("client", 50, 50);
		awaitTotals("server", 50, 50);
		assertThat(this.fixture.monitor().statistics().pipesMissed()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void whatASocketHasCountedStaysHoweverItIsClosed(Way way) throws Exception {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		Thread answering = answer(server, QUESTIONS);
		way.use(this.fixture.context(), (socket) -> ask("client", socket, server.getLastEndpoint(), QUESTIONS));
		answering.join();
		await().untilAsserted(() -> assertThat(this.fixture.monitor().snapshot("client").sockets()).isEmpty());
		awaitTotals("client", QUESTIONS, QUESTIONS);
		awaitTotals("server", QUESTIONS, QUESTIONS);
	}

	@ParameterizedTest
	@EnumSource
	void whatIsSentAtTheVeryLastCounts(Way way) throws Exception {
		ZMQ.Socket server = this.fixture.bound(SocketType.PULL, "server");
		String endpoint = server.getLastEndpoint();
		way.use(this.fixture.context(), (socket) -> {
			this.fixture.monitor().monitor("client", socket);
			socket.setLinger(-1);
			socket.connect(endpoint);
			for (int i = 0; i < 500; i++) {
				socket.send("last words");
			}
		}, SocketType.PUSH);
		for (int i = 0; i < 500; i++) {
			assertThat(server.recvStr()).isEqualTo("last words");
		}
		await().untilAsserted(() -> assertThat(this.fixture.monitor().snapshot("client").sockets()).isEmpty());
		awaitTotals("client", 500, 0);
		awaitTotals("server", 0, 500);
	}

	private void ask(String name, ZMQ.Socket socket, String endpoint, int questions) {
		ZMQ.Socket client = this.fixture.monitor().monitor(name, socket);
		// now and then JeroMQ forgets to read a greeting, monitored or not
		client.setHandshakeIvl(500);
		client.connect(endpoint);
		for (int i = 0; i < questions; i++) {
			client.send("question");
			assertThat(client.recvStr()).isEqualTo("question");
		}
	}

	/**
	 * The socket is the thread's until it has ended.
	 */
	private static Thread answer(ZMQ.Socket server, int questions) {
		Thread thread = new Thread(() -> {
			for (int i = 0; i < questions; i++) {
				ZMsg.recvMsg(server).send(server);
			}
		});
		thread.start();
		return thread;
	}

	private void awaitTotals(String name, long sent, long received) {
		await().untilAsserted(() -> {
			assertThat(this.aggregates.stream()
				.filter((aggregate) -> aggregate.key().socket().equals(name))
				.mapToLong((aggregate) -> aggregate.totals().sent)
				.sum()).as("sent").isEqualTo(sent);
			assertThat(this.aggregates.stream()
				.filter((aggregate) -> aggregate.key().socket().equals(name))
				.mapToLong((aggregate) -> aggregate.totals().received)
				.sum()).as("received").isEqualTo(received);
		});
	}

	/**
	 * How applications end a socket.
	 */
	enum Way {

		CLOSE {
			@Override
			void use(ZContext context, Usage usage, SocketType type) {
				ZMQ.Socket socket = context.createSocket(type);
				usage.use(socket);
				socket.close();
			}
		},

		TRY_WITH_RESOURCES {
			@Override
			void use(ZContext context, Usage usage, SocketType type) {
				try (ZContext own = new ZContext(); ZMQ.Socket socket = own.createSocket(type)) {
					own.setLinger(-1);
					usage.use(socket);
				}
			}
		},

		DESTROY_SOCKET {
			@Override
			@SuppressWarnings("deprecation")
			void use(ZContext context, Usage usage, SocketType type) {
				ZMQ.Socket socket = context.createSocket(type);
				context.setLinger(-1);
				usage.use(socket);
				context.destroySocket(socket);
			}
		},

		SHADOW_CLOSE {
			@Override
			void use(ZContext context, Usage usage, SocketType type) {
				ZContext shadow = context.shadow();
				shadow.setLinger(-1);
				usage.use(shadow.createSocket(type));
				shadow.close();
			}
		},

		FORK {
			@Override
			void use(ZContext context, Usage usage, SocketType type) throws InterruptedException {
				CountDownLatch used = new CountDownLatch(1);
				AtomicReference<Throwable> failure = new AtomicReference<>();
				ZThread.fork(context, (arguments, shadow, pipe) -> {
					try {
						shadow.setLinger(-1);
						usage.use(shadow.createSocket(type));
					}
					catch (Throwable ex) {
						failure.set(ex);
					}
					used.countDown();
				});
				assertThat(used.await(MonitorFixture.LIMIT.toMinutes(), TimeUnit.MINUTES)).isTrue();
				assertThat(failure.get()).isNull();
			}
		},

		CONTEXT_CLOSE {
			@Override
			void use(ZContext context, Usage usage, SocketType type) {
				ZContext own = new ZContext();
				own.setLinger(-1);
				usage.use(own.createSocket(type));
				own.close();
			}
		},

		OLD_CONTEXT {
			@Override
			void use(ZContext context, Usage usage, SocketType type) {
				ZMQ.Context own = ZMQ.context(1);
				ZMQ.Socket socket = own.socket(type);
				usage.use(socket);
				socket.close();
				own.term();
			}
		};

		abstract void use(ZContext context, Usage usage, SocketType type) throws InterruptedException;

		void use(ZContext context, Usage usage) throws InterruptedException {
			use(context, usage, SocketType.DEALER);
		}

	}

	/**
	 * What is done with a socket while it is open.
	 */
	interface Usage {

		void use(ZMQ.Socket socket);

	}

}
