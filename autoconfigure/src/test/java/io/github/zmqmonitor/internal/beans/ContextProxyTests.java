package io.github.zmqmonitor.internal.beans;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zmqmonitor.ProvokesErrors;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZActor;
import org.zeromq.ZAuth;
import org.zeromq.ZContext;
import org.zeromq.ZLoop;
import org.zeromq.ZMQ;
import org.zeromq.ZMQ.PollItem;
import org.zeromq.ZMsg;
import org.zeromq.ZPoller;
import org.zeromq.ZProxy;
import org.zeromq.ZThread;

import org.springframework.aop.framework.ProxyFactory;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What JeroMQ itself does with a context works on the proxy, and its sockets are seen.
 */
class ContextProxyTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@Test
	void aContextIsProxiedOnce() {
		ZContext context = this.fixture.context();
		assertThat(this.fixture.monitor().monitor("again", context)).isSameAs(context);
	}

	@Test
	void proxiesShareOneClass() {
		try (ZContext plain = new ZContext()) {
			assertThat(this.fixture.monitor().monitor("other", plain).getClass())
				.isSameAs(this.fixture.context().getClass());
		}
		assertThat(this.fixture.context().shadow().getClass()).isSameAs(this.fixture.context().getClass());
	}

	@Test
	void settingsAreThoseOfTheContext() {
		try (ZContext plain = new ZContext(2)) {
			ZContext context = this.fixture.monitor().monitor("settings", plain);
			context.setLinger(17);
			assertThat(plain.getLinger()).isEqualTo(17);
			assertThat(context.getIoThreads()).isEqualTo(2);
			assertThat(context.getContext()).isSameAs(plain.getContext());
			context.close();
			assertThat(plain.isClosed()).isTrue();
		}
	}

	@Test
	void proxiesOfOneContextAreEqual() {
		try (ZContext plain = new ZContext(); ZContext other = new ZContext()) {
			ZContext proxy = this.fixture.monitor().monitor("one", plain);
			assertThat(proxy).isEqualTo(proxy)
				.isEqualTo(this.fixture.monitor().monitor("two", plain))
				.hasSameHashCodeAs(plain)
				.isNotEqualTo(this.fixture.monitor().monitor("other", other))
				.isNotEqualTo(plain)
				.isNotEqualTo(null);
		}
	}

	@Test
	@SuppressWarnings("deprecation")
	void whatTheContextThrowsIsThrown() {
		try (ZContext plain = new ZContext()) {
			ZContext context = this.fixture.monitor().monitor("throws", plain);
			assertThatIllegalArgumentException().isThrownBy(() -> plain.createSocket(-1));
			assertThatIllegalArgumentException().isThrownBy(() -> context.createSocket(-1));
		}
	}

	@Test
	void aClassOfContextsKeepsItsOwnMethods() {
		try (OwnContext plain = new OwnContext("own")) {
			OwnContext context = (OwnContext) this.fixture.monitor().monitor("own", plain);
			assertThat(context).hasToString("own").hasSameHashCodeAs(plain);
			assertThat(context.server()).isExactlyInstanceOf(ZMQ.Socket.class);
			assertThat(context.createSocket(SocketType.PUB)).isInstanceOf(MonitoredSocket.class);
		}
	}

	@Test
	@ProvokesErrors
	void aClassThatHasNoSubclassesIsLeftAlone() {
		try (FinalContext plain = new FinalContext()) {
			assertThat(ContextProxy.typeOf(FinalContext.class, null)).isSameAs(FinalContext.class);
			assertThat(this.fixture.monitor().monitor("final", plain)).isSameAs(plain);
			assertThat(this.fixture.monitor().statistics().instrumentationErrors()).isEqualTo(1);
		}
	}

	@Test
	void contextsWithAdviceAreMonitoredAndMonitoredOnesTakeAdvice() {
		List<String> advised = new ArrayList<>();
		MethodInterceptor advice = (invocation) -> {
			advised.add(invocation.getMethod().getName());
			return invocation.proceed();
		};
		try (ZContext inner = new ZContext(); ZContext outer = new ZContext()) {
			ZContext monitoredLast = this.fixture.monitor().monitor("last", advised(inner, advice));
			assertThat(monitoredLast.createSocket(SocketType.PUB)).isInstanceOf(MonitoredSocket.class);
			ZContext monitoredFirst = advised(this.fixture.monitor().monitor("first", outer), advice);
			assertThat(monitoredFirst.createSocket(SocketType.PUB)).isInstanceOf(MonitoredSocket.class);
			assertThat(advised).containsExactly("createSocket", "createSocket");
			assertThat(this.fixture.sockets()).extracting(ZmqSocketSnapshot::name)
				.containsExactly("last.pub", "first.pub");
		}
	}

	private static ZContext advised(ZContext context, MethodInterceptor advice) {
		ProxyFactory factory = new ProxyFactory(context);
		factory.setProxyTargetClass(true);
		factory.addAdvice(advice);
		return (ZContext) factory.getProxy();
	}

	@Test
	@SuppressWarnings("deprecation")
	void socketsByNumberAreSeen() {
		assertThat(this.fixture.context().createSocket(ZMQ.ROUTER)).isInstanceOf(MonitoredSocket.class);
		assertThat(this.fixture.sockets()).hasSize(1);
	}

	@Test
	@SuppressWarnings("deprecation")
	void destroySocketClosesTheRealOne() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.ROUTER);
		this.fixture.context().destroySocket(socket);
		await().untilAsserted(() -> assertThat(this.fixture.sockets()).isEmpty());
		assertThat(this.fixture.context().getSockets()).isEmpty();
	}

	@Test
	void getSocketsListsTheViews() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.ROUTER);
		assertThat(this.fixture.context().getSockets()).containsExactly(socket);
		assertThat(this.fixture.context().isEmpty()).isFalse();
		socket.close();
		assertThat(this.fixture.context().isEmpty()).isTrue();
	}

	@Test
	void socketsOfAShadowAreSeen() {
		ZContext shadow = this.fixture.context().shadow();
		shadow.createSocket(SocketType.PUB).bind("tcp://127.0.0.1:*");
		this.fixture.awaitState("test.pub", ZmqEndpointState.LISTENING);
		shadow.close();
		await().untilAsserted(() -> assertThat(this.fixture.sockets()).isEmpty());
	}

	@Test
	void socketsOfForkedThreadsAreSeen() {
		ZThread.IAttachedRunnable echo = (arguments, context, pipe) -> {
			context.createSocket(SocketType.PUB).bind("tcp://127.0.0.1:*");
			pipe.send(pipe.recv());
		};
		ZMQ.Socket own = this.fixture.context().fork(echo);
		ZMQ.Socket other = ZThread.fork(this.fixture.context(), echo);
		for (ZMQ.Socket pipe : List.of(own, other)) {
			assertThat(pipe).isInstanceOf(MonitoredSocket.class);
			pipe.send("echo");
			assertThat(pipe.recvStr()).isEqualTo("echo");
		}
		await().untilAsserted(
				() -> assertThat(this.fixture.sockets()).extracting(ZmqSocketSnapshot::name).containsOnly("test.pair"));
	}

	@Test
	void pollersWork() throws Exception {
		ZMQ.Socket server = this.fixture.bound(SocketType.PULL, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.PUSH, "client");
		client.connect(server.getLastEndpoint());
		client.send("one");
		ZMQ.Poller poller = this.fixture.context().createPoller(1);
		poller.register(server, ZMQ.Poller.POLLIN);
		assertThat(poller.poll(MonitorFixture.LIMIT.toMillis())).isEqualTo(1);
		assertThat(poller.getSocket(0)).isSameAs(server);
		assertThat(server.recvStr()).isEqualTo("one");
		poller.close();
		try (ZPoller zPoller = new ZPoller(this.fixture.context())) {
			zPoller.register(server, ZPoller.IN);
			client.send("two");
			assertThat(zPoller.poll(MonitorFixture.LIMIT.toMillis())).isEqualTo(1);
			assertThat(zPoller.isReadable(server)).isTrue();
			assertThat(server.recvStr()).isEqualTo("two");
		}
	}

	@Test
	void loopsWork() {
		ZMQ.Socket server = this.fixture.bound(SocketType.PULL, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.PUSH, "client");
		client.connect(server.getLastEndpoint());
		client.send("one");
		AtomicReference<String> received = new AtomicReference<>();
		ZLoop loop = new ZLoop(this.fixture.context());
		loop.addPoller(new PollItem(server, ZMQ.Poller.POLLIN), (it, item, argument) -> {
			received.set(server.recvStr());
			return -1;
		}, null);
		loop.start();
		assertThat(received).hasValue("one");
	}

	@Test
	void actorsWork() {
		ZActor actor = new ZActor(this.fixture.context(), new ZActor.SimpleActor() {

			@Override
			public List<ZMQ.Socket> createSockets(ZContext context, Object... arguments) {
				return Arrays.asList(context.createSocket(SocketType.PUB));
			}

			@Override
			public void start(ZMQ.Socket pipe, List<ZMQ.Socket> sockets, ZPoller poller) {
				sockets.get(0).bind("tcp://127.0.0.1:*");
				pipe.send("started");
			}

			@Override
			public boolean backstage(ZMQ.Socket pipe, ZPoller poller, int events) {
				return false;
			}

		}, "motdelafin");
		assertThat(actor.recv().popString()).isEqualTo("started");
		assertThat(this.fixture.endpoint("test.pub").state()).isEqualTo(ZmqEndpointState.LISTENING);
		actor.send("stop");
		actor.exit().awaitSilent();
		await().untilAsserted(() -> assertThat(this.fixture.sockets()).extracting(ZmqSocketSnapshot::name)
			.doesNotContain("test.pub"));
	}

	@Test
	void proxiesWorkAndTheirCaptureToo() {
		ZMQ.Socket capture = this.fixture.bound(SocketType.PULL, "capture");
		String captured = capture.getLastEndpoint();
		AtomicReference<String> frontend = new AtomicReference<>();
		AtomicReference<String> backend = new AtomicReference<>();
		ZProxy proxy = ZProxy.newZProxy(this.fixture.context(), "proxy", new ZProxy.Proxy.SimpleProxy() {

			@Override
			public ZMQ.Socket create(ZContext context, ZProxy.Plug place, Object... arguments) {
				return context.createSocket(switch (place) {
					case FRONT -> SocketType.PULL;
					case BACK, CAPTURE -> SocketType.PUSH;
				});
			}

			@Override
			public boolean configure(ZMQ.Socket socket, ZProxy.Plug place, Object... arguments) {
				if (place == ZProxy.Plug.CAPTURE) {
					return socket.connect(captured);
				}
				socket.bind("tcp://127.0.0.1:*");
				((place == ZProxy.Plug.FRONT) ? frontend : backend).set(socket.getLastEndpoint());
				return true;
			}

		}, "secret");
		proxy.start(true);
		ZMQ.Socket source = this.fixture.socket(SocketType.PUSH, "source");
		source.connect(frontend.get());
		ZMQ.Socket sink = this.fixture.socket(SocketType.PULL, "sink");
		sink.connect(backend.get());
		source.send("through");
		assertThat(sink.recvStr()).isEqualTo("through");
		assertThat(capture.recvStr()).isEqualTo("through");
		assertThat(this.fixture.endpoint("test.pull").connections()).isEqualTo(1);
		assertThat(proxy.exit()).isEqualTo(ZProxy.EXITED);
	}

	@Test
	void authenticationWorks() {
		try (ZAuth auth = new ZAuth(this.fixture.context(), "auth")) {
			auth.configurePlain("*", "classpath-is-not-used");
			ZMQ.Socket server = this.fixture.socket(SocketType.PULL, "server");
			server.setZapDomain("global");
			auth.deny("127.0.0.1");
			server.bind("tcp://127.0.0.1:*");
			ZMQ.Socket client = this.fixture.socket(SocketType.PUSH, "client");
			client.connect(server.getLastEndpoint());
			this.fixture.awaitState("client", ZmqEndpointState.ABANDONED);
			assertThat(this.fixture.endpoint("client").lastError().error()).isEqualTo("auth");
		}
	}

	@Test
	void everyMessageMethodWorks() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.connect(server.getLastEndpoint());
		ZMsg request = new ZMsg();
		request.add("one");
		request.add("two");
		request.send(client);
		ZMsg received = ZMsg.recvMsg(server);
		assertThat(received).hasSize(3);
		received.send(server);
		assertThat(ZMsg.recvMsg(client)).hasSize(2);
	}

	static class OwnContext extends ZContext {

		private final String id;

		OwnContext(String id) {
			this.id = id;
		}

		protected ZMQ.Socket server() {
			return createSocket(SocketType.ROUTER);
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof OwnContext && other.hashCode() == hashCode();
		}

		@Override
		public int hashCode() {
			return this.id.hashCode();
		}

		@Override
		public String toString() {
			return this.id;
		}

	}

	static final class FinalContext extends ZContext {

	}

}
