package io.github.zmqmonitor;

import io.github.zmqmonitor.internal.support.MonitorErrors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails each test in which a monitor has contained a failure of its own, unless the test
 * declares that. Applies to all tests of JUnit without being named there.
 */
public class NoErrorsExtension implements BeforeEachCallback, AfterEachCallback {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(NoErrorsExtension.class);

	@Override
	public void beforeEach(ExtensionContext context) {
		context.getStore(NAMESPACE).put("before", MonitorErrors.total());
	}

	@Override
	public void afterEach(ExtensionContext context) {
		long before = context.getStore(NAMESPACE).get("before", Long.class);
		if (!isDeclared(context)) {
			assertThat(MonitorErrors.total() - before)
				.as("failures that a monitor has contained (@ProvokesErrors declares those that are meant)")
				.isZero();
		}
	}

	private static boolean isDeclared(ExtensionContext context) {
		return context.getRequiredTestMethod().isAnnotationPresent(ProvokesErrors.class)
				|| context.getRequiredTestClass().isAnnotationPresent(ProvokesErrors.class);
	}

}
