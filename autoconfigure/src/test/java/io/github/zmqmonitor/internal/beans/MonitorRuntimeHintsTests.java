package io.github.zmqmonitor.internal.beans;

import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.zmqmonitor.internal.walk.WalkedFields;
import org.junit.jupiter.api.Test;
import org.zeromq.ZContext;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

class MonitorRuntimeHintsTests {

	@Test
	void everyFieldThatIsReadHasAHint() throws Exception {
		RuntimeHints hints = new RuntimeHints();
		new MonitorRuntimeHints().registerHints(hints, null);
		List<VarHandle> handles = handles();
		assertThat(handles).isNotEmpty().allSatisfy((handle) -> {
			Class<?> type = handle.coordinateTypes().get(0);
			String field = handle.describeConstable().orElseThrow().constantName();
			assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(type, field)).as(type + "." + field)
				.accepts(hints);
		});
	}

	@Test
	void everyMethodThatIsCalledHasAHint() {
		RuntimeHints hints = new RuntimeHints();
		new MonitorRuntimeHints().registerHints(hints, null);
		List<Method> methods = Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(ZContext.class))
			.filter((method) -> ContextProxy.METHODS.contains(method.getName()))
			.toList();
		assertThat(methods).extracting(Method::getName).containsAll(ContextProxy.METHODS);
		assertThat(methods)
			.allSatisfy((method) -> assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method))
				.as(method.toString())
				.accepts(hints));
	}

	@Test
	void thePageHasAHint() {
		RuntimeHints hints = new RuntimeHints();
		new MonitorRuntimeHints().registerHints(hints, null);
		assertThat(RuntimeHintsPredicates.resource().forResource("io/github/zmqmonitor/internal/page/page.html"))
			.accepts(hints);
		assertThat(getClass().getResource("/io/github/zmqmonitor/internal/page/page.html")).isNotNull();
	}

	@Test
	void withoutJeroMqThereAreNone() {
		RuntimeHints hints = new RuntimeHints();
		new MonitorRuntimeHints().registerHints(hints, new FilteredClassLoader(ZContext.class));
		assertThat(hints.reflection().typeHints()).isEmpty();
	}

	@Test
	void aheadOfTimeProcessingFindsTheHints() {
		assertThat(SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)).hasAtLeastOneElementOfType(MonitorRuntimeHints.class);
	}

	/**
	 * All fields that the walk has opened.
	 */
	private static List<VarHandle> handles() {
		return WalkedFields.handles();
	}

}
