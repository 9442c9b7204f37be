package io.github.zmqmonitor.conformance;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import org.zeromq.ZSocket;
import org.zeromq.ZThread;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications make sockets in all kinds of ways, and each socket is seen, under a name
 * that a person understands. In a JVM of its own, where nobody has loaded JeroMQ yet.
 */
class EverySocketIT {

	@Test
	void whoeverMakesASocketItIsSeen() throws Exception {
		assertThat(run("auto")).containsExactly("RESULT BeanSocket server ROUTER listening",
				"RESULT Field field.pull PULL listening", "RESULT Static constant.pub PUB listening",
				"RESULT OldContext oldContext.rep REP listening", "RESULT ZSocket zSocketUser.pull PULL listening",
				"RESULT Inner inner.pair PAIR listening", "RESULT Shadow shadow.push PUSH listening",
				"RESULT Fork fork.pair PAIR untracked", "RESULT Late late.pub PUB listening", "RESULT unseen 0",
				"RESULT after close 0");
	}

	@Test
	void byBeansTheOthersAreToldToBeUnseen() throws Exception {
		List<String> lines = run("beans");
		assertThat(lines).contains("RESULT BeanSocket server ROUTER listening").doesNotContain("RESULT unseen 0");
	}

	private static List<String> run(String instrumentation) throws Exception {
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp",
				System.getProperty("java.class.path"), "-Dzmq.monitor.instrumentation=" + instrumentation,
				Application.class.getName())
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			List<String> lines = output.lines().toList();
			assertThat(process.waitFor(MonitorFixture.LIMIT.toMinutes(), TimeUnit.MINUTES)).isTrue();
			assertThat(lines).as(String.join("\n", lines)).anyMatch((line) -> line.startsWith("RESULT"));
			return lines.stream().filter((line) -> line.startsWith("RESULT")).toList();
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(io.github.zmqmonitor.autoconfigure.ZmqMonitorAutoConfiguration.class)
	@Import({ Field.class, Constant.class, OldContext.class, ZSocketUser.class, Outer.class, Shadow.class, Fork.class })
	static class Application {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

		@Bean
		ZMQ.Socket server(ZContext zContext) {
			return listening("BeanSocket", zContext.createSocket(SocketType.ROUTER));
		}

		public static void main(String[] args) {
			Thread watchdog = new Thread(Application::giveUp);
			watchdog.setDaemon(true);
			watchdog.start();
			SpringApplication application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.build();
			try (ConfigurableApplicationContext context = application.run(args)) {
				ZmqMonitor monitor = context.getBean(ZmqMonitor.class);
				for (String made : List.of("BeanSocket", "Field", "Static", "OldContext", "ZSocket", "Inner", "Shadow",
						"Fork")) {
					report(monitor, made);
				}
				Late late = new Late();
				report(monitor, "Late");
				late.close();
				System.out.println("RESULT unseen " + monitor.statistics().contextsUnseen());
				Outer.SOCKETS.forEach(ZMQ.Socket::close);
				OldContext.SOCKET.close();
				List.of(Field.CONTEXT, Shadow.CONTEXT, Constant.CONTEXT, Outer.CONTEXT, ZSocketUser.SOCKET)
					.forEach(Application::close);
				OldContext.CONTEXT.close();
				Fork.DONE.countDown();
				context.getBean(ZContext.class).close();
				MonitorFixture.await().until(() -> monitor.snapshot().sockets().isEmpty());
				System.out.println("RESULT after close " + monitor.snapshot().sockets().size());
			}
			catch (RuntimeException ex) {
				ex.printStackTrace(System.out);
			}
			System.exit(0);
		}

		/**
		 * Nothing here takes a minute: what hangs is shown and ended.
		 */
		private static void giveUp() {
			try {
				Thread.sleep(60_000);
			}
			catch (InterruptedException ex) {
				return;
			}
			Thread.getAllStackTraces().forEach((thread, stack) -> System.out.println(thread + " " + List.of(stack)));
			Runtime.getRuntime().halt(1);
		}

		private static void close(AutoCloseable closeable) {
			try {
				closeable.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

		/**
		 * Sockets listen at an ipc or inproc endpoint that is called after their way.
		 */
		private static void report(ZmqMonitor monitor, String made) {
			for (ZmqSocketSnapshot socket : monitor.snapshot().sockets()) {
				for (ZmqEndpointSnapshot endpoint : socket.endpoints()) {
					if (endpoint.endpoint().contains("zmq-monitor-" + made + "-")
							|| endpoint.endpoint().endsWith("//" + made)) {
						System.out.println("RESULT " + made + " " + socket.name() + " " + socket.type() + " "
								+ endpoint.state().id());
					}
				}
			}
		}

	}

	static ZMQ.Socket listening(String made, ZMQ.Socket socket) {
		socket.setLinger(0);
		listen(made, socket::bind);
		return socket;
	}

	/**
	 * Bind to a name of which JeroMQ makes a port that is free.
	 */
	static void listen(String made, Consumer<String> bind) {
		for (int i = 0; i < 100; i++) {
			try {
				bind.accept("ipc://zmq-monitor-" + made + "-" + System.nanoTime());
				return;
			}
			catch (ZMQException ex) {
				// taken: another name
			}
		}
		throw new IllegalStateException("No free port");
	}

	static class Field {

		static final ZContext CONTEXT = new ZContext();

		private final ZMQ.Socket socket = CONTEXT.createSocket(SocketType.PULL);

		Field() {
			listening("Field", this.socket);
		}

	}

	static class Constant {

		static final ZContext CONTEXT = new ZContext();

		static final ZMQ.Socket SOCKET = listening("Static", CONTEXT.createSocket(SocketType.PUB));

	}

	static class OldContext {

		static final ZMQ.Context CONTEXT = ZMQ.context(1);

		static final ZMQ.Socket SOCKET = listening("OldContext", CONTEXT.socket(SocketType.REP));

	}

	static class ZSocketUser {

		static final ZSocket SOCKET = new ZSocket(SocketType.PULL);

		ZSocketUser() {
			listen("ZSocket", SOCKET::bind);
		}

	}

	static class Outer {

		static final ZContext CONTEXT = new ZContext();

		static final List<ZMQ.Socket> SOCKETS = new ArrayList<>();

		Outer() {
			Runnable inner = new Inner()::make;
			inner.run();
		}

		static class Inner {

			void make() {
				SOCKETS.add(listening("Inner", CONTEXT.getContext().socket(SocketType.PAIR)));
			}

		}

	}

	static class Shadow {

		static final ZContext CONTEXT = new ZContext();

		Shadow() {
			listening("Shadow", CONTEXT.shadow().createSocket(SocketType.PUSH));
		}

	}

	static class Fork {

		static final CountDownLatch DONE = new CountDownLatch(1);

		Fork(ZContext context) {
			CountDownLatch bound = new CountDownLatch(1);
			ZThread.fork(context, (arguments, shadow, pipe) -> {
				pipe.bind("inproc://Fork");
				bound.countDown();
				try {
					DONE.await(30, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			});
			try {
				bound.await(30, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

	static class Late {

		private final ZContext context = new ZContext();

		Late() {
			listening("Late", this.context.createSocket(SocketType.PUB));
		}

		void close() {
			this.context.close();
		}

	}

}
