package io.github.zmqmonitor.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.github.zmqmonitor.actuate.endpoint.ZmqDescriptor;
import io.github.zmqmonitor.autoconfigure.endpoint.ZmqEndpointAutoConfiguration;
import io.github.zmqmonitor.autoconfigure.endpoint.ZmqEndpointProperties;
import io.github.zmqmonitor.autoconfigure.health.ZmqHealthContributorAutoConfiguration;
import io.github.zmqmonitor.autoconfigure.metrics.ZmqMetricsAutoConfiguration;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqErrorSnapshot;
import io.github.zmqmonitor.model.ZmqEventSnapshot;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqMessages;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqQueueSnapshot;
import io.github.zmqmonitor.model.ZmqQueues;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.zeromq.ZContext;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ahead-of-time processing makes of an application, for a native image too.
 */
class AheadOfTimeTests {

	private static final InMemoryGeneratedFiles FILES = new InMemoryGeneratedFiles();

	private static final List<Class<?>> JSON = List.of(ZmqDescriptor.class, ZmqDescriptor.Summary.class,
			ZmqSocketSnapshot.class, ZmqEndpointSnapshot.class, ZmqPeerSnapshot.class, ZmqErrorSnapshot.class,
			ZmqMessages.class, ZmqQueues.class, ZmqQueueSnapshot.class, ZmqHint.class, ZmqEventSnapshot.class);

	private static RuntimeHints hints;

	@BeforeAll
	static void process() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of("management.endpoints.web.exposure.include=zmq").applyTo(context);
			context.register(ZmqMonitorAutoConfiguration.class, ZmqEndpointAutoConfiguration.class,
					ZmqHealthContributorAutoConfiguration.class, ZmqMetricsAutoConfiguration.class, Application.class);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get(Application.class)), FILES);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			hints = generation.getRuntimeHints();
		}
	}

	@Test
	void theProxyOfTheContextIsGenerated() {
		assertThat(FILES.getGeneratedFiles(Kind.CLASS).keySet())
			.anyMatch((name) -> name.startsWith(OwnContext.class.getName().replace('.', '/') + "$$SpringCGLIB$$"));
	}

	@Test
	void everythingThatBecomesJsonCanBeRead() {
		assertThat(JSON).allSatisfy((type) -> assertThat(readable(TypeReference.of(type))).as(type.getName()).isTrue());
		assertThat(readable(TypeReference.of("io.github.zmqmonitor.actuate.endpoint.ZmqEndpointWebExtension$Refusal")))
			.isTrue();
	}

	@Test
	void propertiesCanBeBound() {
		Stream<Class<?>> types = Stream.concat(Stream.of(ZmqMonitorProperties.class, ZmqEndpointProperties.class),
				Arrays.stream(ZmqMonitorProperties.class.getDeclaredClasses()).filter(Class::isRecord));
		assertThat(types).hasSizeGreaterThan(5)
			.allSatisfy((type) -> assertThat(
					RuntimeHintsPredicates.reflection().onConstructorInvocation(type.getDeclaredConstructors()[0]))
				.as(type.toString())
				.accepts(hints));
	}

	private static boolean readable(TypeReference type) {
		return RuntimeHintsPredicates.reflection().onType(type).test(hints)
				&& hints.reflection().getTypeHint(type).methods().findAny().isPresent();
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		OwnContext zContext() {
			return new OwnContext();
		}

	}

	/**
	 * A class of contexts of which nothing else in this JVM has made a proxy before.
	 */
	static class OwnContext extends ZContext {

	}

}
