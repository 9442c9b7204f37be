package io.github.zmqmonitor;

import io.github.zmqmonitor.internal.instrument.InstrumentationOutcome;
import io.github.zmqmonitor.internal.instrument.JeromqInstrumentation;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Changes JeroMQ's classes before any test can load them, where the tests are to run that
 * way: each JVM of tests runs in one way, whatever the order of the tests. Unit tests,
 * which count connections, have JeroMQ's poller mended; integration tests take it as it
 * is.
 */
public class InstrumentationListener implements LauncherSessionListener {

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		if (Boolean.getBoolean("zmqmonitor.mended-poller")) {
			MendedPoller.define();
		}
		if ("auto".equals(System.getProperty("zmq.monitor.instrumentation"))) {
			InstrumentationOutcome outcome = JeromqInstrumentation.install(getClass().getClassLoader());
			if (!outcome.installed()) {
				throw new IllegalStateException("The tests can't run in this way: " + outcome);
			}
		}
	}

}
