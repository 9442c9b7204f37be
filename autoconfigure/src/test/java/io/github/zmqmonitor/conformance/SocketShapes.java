package io.github.zmqmonitor.conformance;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.zmqmonitor.monitor.MonitorFixture;
import org.zeromq.SocketType;
import org.zeromq.ZActor;
import org.zeromq.ZAuth;
import org.zeromq.ZBeacon;
import org.zeromq.ZContext;
import org.zeromq.ZLoop;
import org.zeromq.ZMQ;
import org.zeromq.ZPoller;
import org.zeromq.ZProxy;
import org.zeromq.ZSocket;
import org.zeromq.ZThread;

/**
 * Components of applications, each of which makes sockets in another way: one or two that
 * listen, each with a client that is connected to it.
 */
final class SocketShapes {

	static final List<Class<?>> ALL = List.of(InjectedContext.class, InjectedOldContext.class, Constructor.class,
			Field.class, TryBlock.class, Static.class, OldContext.class, ZSockets.class, InnerContext.class,
			Shadow.class, Fork.class, Actor.class, Proxy.class, Loop.class, Auth.class, Beacon.class);

	private static final AtomicInteger LISTENERS = new AtomicInteger();

	private SocketShapes() {
	}

	/**
	 * How many sockets listen.
	 */
	static int listeners() {
		return LISTENERS.get();
	}

	private static String listen(ZMQ.Socket server) {
		server.bind("tcp://127.0.0.1:*");
		LISTENERS.incrementAndGet();
		return server.getLastEndpoint();
	}

	private static void pair(ZMQ.Socket server, ZMQ.Socket client) {
		// now and then JeroMQ forgets to read a greeting, monitored or not
		client.setHandshakeIvl(5000);
		client.connect(listen(server));
	}

	private static void pair(ZContext context) {
		pair(context.createSocket(SocketType.PULL), context.createSocket(SocketType.PUSH));
	}

	/**
	 * Run something that goes on until the process ends, and wait until it says so.
	 */
	private static void background(Consumer<CountDownLatch> task) {
		CountDownLatch ready = new CountDownLatch(1);
		Thread thread = new Thread(() -> task.accept(ready));
		thread.setDaemon(true);
		thread.start();
		await(ready);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	static class InjectedContext {

		InjectedContext(ZContext zContext) {
			pair(zContext);
		}

	}

	static class InjectedOldContext {

		InjectedOldContext(ZMQ.Context oldContext) {
			pair(oldContext.socket(SocketType.REP), oldContext.socket(SocketType.REQ));
		}

	}

	static class Constructor {

		Constructor() {
			pair(new ZContext());
		}

	}

	static class Field {

		private final ZContext context = new ZContext();

		private final ZMQ.Socket server = this.context.createSocket(SocketType.PULL);

		private final ZMQ.Socket client = this.context.createSocket(SocketType.PUSH);

		Field() {
			pair(this.server, this.client);
		}

	}

	static class TryBlock {

		TryBlock() {
			background((ready) -> {
				try (ZContext context = new ZContext()) {
					pair(context);
					ready.countDown();
					await(new CountDownLatch(1));
				}
			});
		}

	}

	static class Static {

		static final ZContext CONTEXT = new ZContext();

		static {
			pair(CONTEXT);
		}

	}

	static class OldContext {

		OldContext() {
			ZMQ.Context context = ZMQ.context(1);
			pair(context.socket(SocketType.PULL), context.socket(SocketType.PUSH));
		}

	}

	static class ZSockets {

		private final ZSocket server = new ZSocket(SocketType.PULL);

		private final ZSocket client = new ZSocket(SocketType.PUSH);

		ZSockets() {
			int port = MonitorFixture.freePort();
			this.server.bind("tcp://127.0.0.1:" + port);
			LISTENERS.incrementAndGet();
			this.client.connect("tcp://127.0.0.1:" + port);
		}

	}

	static class InnerContext {

		InnerContext(ZContext zContext) {
			ZMQ.Context context = zContext.getContext();
			pair(context.socket(SocketType.PULL), context.socket(SocketType.PUSH));
		}

	}

	static class Shadow {

		Shadow(ZContext zContext) {
			pair(zContext.shadow());
		}

	}

	static class Fork {

		Fork(ZContext zContext) {
			CountDownLatch ready = new CountDownLatch(1);
			ZThread.fork(zContext, (arguments, shadow, pipe) -> {
				pair(shadow);
				ready.countDown();
				pipe.recv();
			});
			await(ready);
		}

	}

	static class Actor {

		Actor() {
			CountDownLatch ready = new CountDownLatch(1);
			new ZActor(new ZActor.SimpleActor() {

				@Override
				public List<ZMQ.Socket> createSockets(ZContext context, Object... arguments) {
					ZMQ.Socket server = context.createSocket(SocketType.PULL);
					ZMQ.Socket client = context.createSocket(SocketType.PUSH);
					pair(server, client);
					ready.countDown();
					return List.of(server, client);
				}

			}, "end");
			await(ready);
		}

	}

	static class Proxy {

		Proxy(ZContext zContext) {
			CompletableFuture<String> front = new CompletableFuture<>();
			ZProxy.newZProxy(zContext, "proxy", new ZProxy.Proxy.SimpleProxy() {

				@Override
				public ZMQ.Socket create(ZContext context, ZProxy.Plug plug, Object... arguments) {
					return (plug == ZProxy.Plug.CAPTURE) ? null
							: context.createSocket((plug == ZProxy.Plug.FRONT) ? SocketType.PULL : SocketType.PUSH);
				}

				@Override
				public boolean configure(ZMQ.Socket socket, ZProxy.Plug plug, Object... arguments) {
					if (plug == ZProxy.Plug.FRONT) {
						front.complete(listen(socket));
					}
					else if (plug == ZProxy.Plug.BACK) {
						listen(socket);
					}
					return true;
				}

			}, "end").start(true);
			zContext.createSocket(SocketType.PUSH).connect(front.join());
		}

	}

	static class Loop {

		Loop() {
			background((ready) -> {
				ZContext context = new ZContext();
				ZMQ.Socket server = context.createSocket(SocketType.PULL);
				pair(server, context.createSocket(SocketType.PUSH));
				ZLoop loop = new ZLoop(context);
				loop.addPoller(new ZMQ.PollItem(server, ZPoller.POLLIN), (it, item, argument) -> 0, null);
				ready.countDown();
				loop.start();
			});
		}

	}

	static class Auth {

		private final ZContext context = new ZContext();

		private final ZAuth auth = new ZAuth(this.context);

		Auth() {
			this.auth.configureCurve(ZAuth.CURVE_ALLOW_ANY);
			ZMQ.Curve.KeyPair serverKeys = ZMQ.Curve.generateKeyPair();
			ZMQ.Curve.KeyPair clientKeys = ZMQ.Curve.generateKeyPair();
			ZMQ.Socket server = this.context.createSocket(SocketType.PULL);
			server.setCurveServer(true);
			server.setCurveSecretKey(serverKeys.secretKey.getBytes(ZMQ.CHARSET));
			ZMQ.Socket client = this.context.createSocket(SocketType.PUSH);
			client.setCurveServerKey(serverKeys.publicKey.getBytes(ZMQ.CHARSET));
			client.setCurvePublicKey(clientKeys.publicKey.getBytes(ZMQ.CHARSET));
			client.setCurveSecretKey(clientKeys.secretKey.getBytes(ZMQ.CHARSET));
			pair(server, client);
		}

	}

	/**
	 * A beacon has no socket of ZeroMQ, only datagrams: it tells others where to connect.
	 */
	static class Beacon {

		Beacon(ZContext zContext) throws Exception {
			ZMQ.Socket server = zContext.createSocket(SocketType.PULL);
			byte[] address = listen(server).getBytes(ZMQ.CHARSET);
			CompletableFuture<String> heard = new CompletableFuture<>();
			InetAddress loopback = InetAddress.getLoopbackAddress();
			ZBeacon beacon = new ZBeacon.Builder().client(loopback)
				.server(loopback)
				.port(freeDatagramPort())
				.ignoreLocalAddress(false)
				.broadcastInterval(100)
				.prefix("tcp:".getBytes(ZMQ.CHARSET))
				.beacon(address)
				.listener((sender, message) -> heard.complete(new String(message, ZMQ.CHARSET)))
				.build();
			beacon.start();
			ZMQ.Socket client = zContext.createSocket(SocketType.PUSH);
			client.setHandshakeIvl(5000);
			client.connect(heard.join());
			stop(beacon);
		}

		/**
		 * A thread of a beacon forgets itself when it ends, between being interrupted and
		 * waited for, which stop doesn't expect.
		 */
		private static void stop(ZBeacon beacon) throws InterruptedException {
			boolean stopped = false;
			while (!stopped) {
				try {
					beacon.stop();
					stopped = true;
				}
				catch (NullPointerException ex) {
					Thread.onSpinWait();
				}
			}
		}

		private static int freeDatagramPort() throws IOException {
			try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
		}

	}

}
