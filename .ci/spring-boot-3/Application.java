import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Application {

	@Bean
	ZContext zContext() {
		return new ZContext();
	}

	@Bean
	ZMQ.Socket feed(ZContext context) {
		ZMQ.Socket socket = context.createSocket(SocketType.PUB);
		socket.bind("tcp://127.0.0.1:*");
		return socket;
	}

	public static void main(String[] arguments) {
		SpringApplication.run(Application.class, arguments).close();
		System.out.println("STARTED");
	}

}
