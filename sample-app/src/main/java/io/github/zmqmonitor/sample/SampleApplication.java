package io.github.zmqmonitor.sample;

import org.zeromq.ZContext;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * One process with ZeroMQ sockets in every state. Nothing in it knows that it is
 * monitored.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(SampleProperties.class)
public class SampleApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(SampleApplication.class, arguments);
	}

	@Bean
	ZContext zmqContext() {
		return new ZContext();
	}

}
