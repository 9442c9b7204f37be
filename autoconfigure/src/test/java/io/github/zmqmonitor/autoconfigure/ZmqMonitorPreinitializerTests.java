package io.github.zmqmonitor.autoconfigure;

import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

class ZmqMonitorPreinitializerTests {

	private static final String MONITOR = "io.github.zmqmonitor.monitor.ZmqMonitor";

	private static final String TRACKER = "io.github.zmqmonitor.internal.state.SocketTracker";

	private static final String METERS = "io.github.zmqmonitor.metrics.EndpointMeters";

	@Test
	void springBootFindsIt() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(BackgroundPreinitializer.class))
			.hasAtLeastOneElementOfType(ZmqMonitorPreinitializer.class);
	}

	@Test
	void whatMonitoringNeedsIsLoaded() throws Exception {
		try (FreshClassLoader classLoader = new FreshClassLoader()) {
			preinitialize(classLoader);
			assertThat(classLoader.hasLoaded(MONITOR)).isTrue();
			assertThat(classLoader.hasLoaded(METERS)).isTrue();
			assertThat(classLoader.hasLoaded(TRACKER)).isTrue();
			assertThat(classLoader.hasLoaded("io.github.zmqmonitor.events.ZmqEventLogger")).isTrue();
		}
	}

	@Test
	void noThreadIsStarted() throws Exception {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		try (FreshClassLoader classLoader = new FreshClassLoader()) {
			preinitialize(classLoader);
		}
		assertThat(Thread.getAllStackTraces().keySet()).filteredOn((thread) -> !before.contains(thread))
			.extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("zmq-monitor"));
	}

	@Test
	void withoutJeroMqNothingIsLoaded() throws Exception {
		try (FreshClassLoader classLoader = new FreshClassLoader("org.zeromq.", "zmq.")) {
			preinitialize(classLoader);
			assertThat(classLoader.hasLoaded(TRACKER)).isFalse();
		}
	}

	@Test
	void withoutMicrometerTheRestIsLoaded() throws Exception {
		try (FreshClassLoader classLoader = new FreshClassLoader("io.micrometer.")) {
			preinitialize(classLoader);
			assertThat(classLoader.hasLoaded(TRACKER)).isTrue();
			assertThat(classLoader.hasLoaded(METERS)).isFalse();
		}
	}

	@Test
	void aheadOfTimeProcessingIsLeftToMakeTheProxy() throws Exception {
		System.setProperty(AbstractAotProcessor.AOT_PROCESSING, "true");
		try (FreshClassLoader classLoader = new FreshClassLoader()) {
			preinitialize(classLoader);
			assertThat(classLoader.hasLoaded(TRACKER)).isFalse();
		}
		finally {
			System.clearProperty(AbstractAotProcessor.AOT_PROCESSING);
		}
	}

	private static void preinitialize(ClassLoader classLoader) throws Exception {
		Constructor<?> constructor = classLoader.loadClass(ZmqMonitorPreinitializer.class.getName())
			.getDeclaredConstructor();
		constructor.setAccessible(true);
		((BackgroundPreinitializer) constructor.newInstance()).preinitialize();
	}

	/**
	 * Loads this library's classes anew, and some packages not at all.
	 */
	private static final class FreshClassLoader extends URLClassLoader {

		private final String[] absent;

		FreshClassLoader(String... absent) {
			super(new URL[] { ZmqMonitorPreinitializer.class.getProtectionDomain().getCodeSource().getLocation() },
					FreshClassLoader.class.getClassLoader());
			this.absent = absent;
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (Arrays.stream(this.absent).anyMatch(name::startsWith)) {
				throw new ClassNotFoundException(name);
			}
			synchronized (getClassLoadingLock(name)) {
				if (!name.startsWith("io.github.zmqmonitor.")) {
					return super.loadClass(name, resolve);
				}
				Class<?> loaded = findLoadedClass(name);
				return (loaded != null) ? loaded : findClass(name);
			}
		}

		boolean hasLoaded(String name) {
			return findLoadedClass(name) != null;
		}

	}

}
