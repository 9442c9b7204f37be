package io.github.zmqmonitor.monitor;

import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

class PipeAccessHintsTests {

	@Test
	void everyFieldThatIsReadHasAHint() throws Exception {
		RuntimeHints hints = new RuntimeHints();
		new PipeAccessHints().registerHints(hints, null);
		List<VarHandle> handles = handles();
		assertThat(handles).isNotEmpty().allSatisfy((handle) -> {
			Class<?> type = handle.coordinateTypes().get(0);
			String field = handle.describeConstable().orElseThrow().constantName();
			assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(type, field)).as(type + "." + field)
				.accepts(hints);
		});
	}

	@Test
	void aheadOfTimeProcessingFindsTheHints() {
		assertThat(SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)).hasAtLeastOneElementOfType(PipeAccessHints.class);
	}

	private static List<VarHandle> handles() throws IllegalAccessException {
		List<VarHandle> handles = new ArrayList<>();
		for (Field field : PipeAccess.class.getDeclaredFields()) {
			if (field.getType() == VarHandle.class) {
				field.setAccessible(true);
				handles.add((VarHandle) field.get(PipeAccess.get()));
			}
		}
		return handles;
	}

}
