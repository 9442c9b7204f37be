package io.github.zmqmonitor.internal.instrument;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs each test method on classes of its own, with JeroMQ's changed.
 */
class InstrumentedJeromq implements InvocationInterceptor {

	@Override
	public void interceptTestMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> context,
			ExtensionContext extension) throws Throwable {
		invocation.skip();
		run(context);
	}

	@Override
	public void interceptTestTemplateMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> context,
			ExtensionContext extension) throws Throwable {
		invocation.skip();
		run(context);
	}

	private void run(ReflectiveInvocationContext<Method> context) throws Throwable {
		IsolatedLoader loader = new IsolatedLoader();
		assertThat(loader.install()).contains("status=INSTALLED");
		Class<?> test = loader.loadClass(context.getTargetClass().getName());
		Constructor<?> constructor = test.getDeclaredConstructor();
		constructor.setAccessible(true);
		Method method = Arrays.stream(test.getDeclaredMethods())
			.filter((it) -> it.getName().equals(context.getExecutable().getName()) && !it.isSynthetic())
			.findAny()
			.orElseThrow();
		method.setAccessible(true);
		try {
			method.invoke(constructor.newInstance(), context.getArguments().toArray());
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

}
