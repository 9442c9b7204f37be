package io.github.zmqmonitor.internal.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqmonitor.ModuleProcess;
import org.junit.jupiter.api.Test;
import zmq.SocketBase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JeroMQ's classes changed in processes of their own, where nothing is loaded yet.
 */
class InstrumentationIT {

	@Test
	void theJvmChangesClassesWithoutAWarning() throws Exception {
		assertThat(run(List.of("-cp", ModuleProcess.classPath((entry) -> true))))
			.isEqualToIgnoringNewLines("InstrumentationOutcome[status=INSTALLED, detail=null] created 2 failures 0");
	}

	@Test
	void classesOfANamedModuleStayAsTheyAre() throws Exception {
		assertThat(run(ModuleProcess.namedModule())).isEqualToIgnoringNewLines(
				"InstrumentationOutcome[status=NAMED_MODULE, detail=org.zeromq.jeromq] created 0 failures 0");
	}

	@Test
	void anApplicationWithoutJeromqIsNotDisturbed() throws Exception {
		assertThat(run(List.of("-cp", ModuleProcess.classPath(ModuleProcess.JEROMQ.negate()), "-Dabsent=true")))
			.isEqualToIgnoringNewLines("InstrumentationOutcome[status=NOT_PRESENT, detail=null]");
	}

	private static String run(List<String> options) throws Exception {
		List<String> checked = new ArrayList<>(options);
		checked.add("-ea");
		return ModuleProcess.run(Application.class, checked);
	}

	static class Application {

		public static void main(String[] arguments) {
			System.out.println(JeromqInstrumentation.install(Application.class.getClassLoader()));
			if (!Boolean.getBoolean("absent")) {
				Sockets.use();
			}
		}

	}

	static class Sockets {

		static void use() {
			AtomicInteger created = new AtomicInteger();
			JeromqInstrumentation.observe(new SocketObserver() {

				@Override
				public void created(SocketBase socket, boolean internal) {
					created.incrementAndGet();
				}

			});
			RoundTrip.main(new String[0]);
			System.out.println(" created " + created + " failures " + JeromqInstrumentation.failures());
		}

	}

}
