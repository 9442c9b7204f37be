package io.github.zmqmonitor.agent;

import io.github.zmqmonitor.internal.instrument.JeromqInstrumentation;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application whose main class has a static context, and sockets before Spring Boot
 * starts.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class EarlyApplication {

	static final ZContext CONTEXT = new ZContext();

	static final ZMQ.Socket SERVER = CONTEXT.createSocket(SocketType.PULL);

	static {
		SERVER.bind("tcp://127.0.0.1:*");
	}

	@Bean
	ZContext zContext() {
		return new ZContext();
	}

	@Bean
	ZMQ.Socket publisher(ZContext zContext) {
		ZMQ.Socket socket = zContext.createSocket(SocketType.PUB);
		socket.bind("tcp://127.0.0.1:*");
		return socket;
	}

	/**
	 * Print what is monitored.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		Client.connect(SERVER.getLastEndpoint());
		try (ConfigurableApplicationContext context = SpringApplication.run(EarlyApplication.class, arguments)) {
			SERVER.recv();
			System.out.println("RESULT " + JeromqInstrumentation.outcome());
			context.getBeanProvider(ZmqMonitor.class).ifAvailable(EarlyApplication::report);
			Client.CONTEXT.close();
			CONTEXT.close();
		}
		System.out.println("RESULT closed");
	}

	private static void report(ZmqMonitor monitor) {
		for (ZmqSocketSnapshot socket : monitor.snapshot().sockets()) {
			System.out.println("RESULT " + socket.name() + " " + socket.type() + " "
					+ socket.endpoints().stream().map((it) -> it.role().id()).toList());
		}
		System.out.println("RESULT unseen " + monitor.statistics().contextsUnseen());
	}

	static final class Client {

		static final ZContext CONTEXT = new ZContext();

		private Client() {
		}

		static void connect(String endpoint) {
			ZMQ.Socket socket = CONTEXT.createSocket(SocketType.PUSH);
			socket.connect(endpoint);
			socket.send("early");
		}

	}

}
