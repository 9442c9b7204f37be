package io.github.zmqmonitor.internal.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.internal.instrument.ClassChange.UnexpectedClassException;
import io.github.zmqmonitor.internal.instrument.InstrumentationOutcome.Status;
import org.jspecify.annotations.Nullable;

/**
 * Prepares all changed classes, and defines them only if each is as expected.
 */
final class ClassDefiner {

	/**
	 * A class in each package, to define others beside it, whose loading loads none of
	 * the changed ones.
	 */
	private static final List<String> NEIGHBOURS = List.of("zmq.Config", "zmq.io.IEngine", "zmq.io.net.tcp.TcpUtils",
			"zmq.socket.FQ", "zmq.socket.pubsub.Trie", "zmq.socket.reqrep.Router$Outpipe", "zmq.io.coder.IDecoder");

	private final @Nullable ClassLoader loader;

	private ClassDefiner(@Nullable ClassLoader loader) {
		this.loader = loader;
	}

	/**
	 * Define the changed classes. If this fails half-way, those that are defined go on
	 * calling probes.
	 */
	static InstrumentationOutcome define(@Nullable ClassLoader loader) throws Exception {
		if (System.getProperty("org.graalvm.nativeimage.imagecode") != null) {
			return InstrumentationOutcome.of(Status.NATIVE_IMAGE);
		}
		Class<?> jeromq;
		try {
			jeromq = Class.forName(NEIGHBOURS.get(0), false, loader);
		}
		catch (ClassNotFoundException ex) {
			return InstrumentationOutcome.of(Status.NOT_PRESENT);
		}
		if (jeromq.getClassLoader() != ClassDefiner.class.getClassLoader()) {
			return new InstrumentationOutcome(Status.OTHER_CLASS_LOADER, String.valueOf(jeromq.getClassLoader()));
		}
		if (jeromq.getModule().isNamed()) {
			return new InstrumentationOutcome(Status.NAMED_MODULE, jeromq.getModule().getName());
		}
		ClassDefiner definer = new ClassDefiner(loader);
		List<Changed> classes;
		try {
			classes = definer.prepare(jeromq, JeromqClasses.all());
		}
		catch (UnexpectedClassException ex) {
			return new InstrumentationOutcome(Status.UNSUPPORTED_VERSION, ex.getMessage());
		}
		List<Changed> dropping = definer.prepareDropping(jeromq);
		InstrumentationOutcome outcome = define(classes);
		if (outcome.installed() && !dropping.isEmpty()) {
			defineDropping(dropping);
		}
		return outcome;
	}

	/**
	 * Prepare the classes that drop messages; none if any of them is not as expected.
	 */
	private List<Changed> prepareDropping(Class<?> jeromq) {
		try {
			return prepare(jeromq, DropClasses.all());
		}
		catch (Throwable ex) {
			DropProbe
				.turnOff((ex instanceof UnexpectedClassException) ? String.valueOf(ex.getMessage()) : ex.toString());
			return List.of();
		}
	}

	private static void defineDropping(List<Changed> classes) {
		try {
			InstrumentationOutcome outcome = define(classes);
			if (outcome.installed()) {
				DropProbe.turnOn();
			}
			else {
				DropProbe.turnOff(outcome.detail() + " was loaded already");
			}
		}
		catch (Throwable ex) {
			DropProbe.turnOff(ex.toString());
		}
	}

	private List<Changed> prepare(Class<?> jeromq, List<ClassChange> changes) throws Exception {
		List<Changed> classes = new ArrayList<>();
		for (ClassChange change : changes) {
			byte[] bytes = change.apply(read(jeromq.getClassLoader(), change.name()));
			if (change.changes()) {
				classes.add(new Changed(change.className(), bytes, lookup(change.className())));
			}
		}
		initializeProbes();
		return classes;
	}

	/**
	 * Read a class file.
	 * @param name the internal name of the class
	 */
	static byte[] read(@Nullable ClassLoader loader, String name) throws IOException, UnexpectedClassException {
		String resource = name.concat(".class");
		try (InputStream stream = (loader != null) ? loader.getResourceAsStream(resource)
				: ClassLoader.getSystemResourceAsStream(resource)) {
			if (stream == null) {
				throw new UnexpectedClassException("there is no " + name);
			}
			return stream.readAllBytes();
		}
	}

	private MethodHandles.Lookup lookup(String className) throws UnexpectedClassException, IllegalAccessException {
		String place = className.substring(0, className.lastIndexOf('.'));
		for (String neighbour : NEIGHBOURS) {
			if (place.equals(neighbour.substring(0, neighbour.lastIndexOf('.')))) {
				try {
					Class<?> type = Class.forName(neighbour, false, this.loader);
					return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
				}
				catch (ClassNotFoundException ex) {
					throw new UnexpectedClassException("there is no " + neighbour);
				}
			}
		}
		throw new IllegalStateException("No class is known beside " + className);
	}

	/** Load what the changed classes call, so that no thread of JeroMQ's does. */
	private static void initializeProbes() throws ClassNotFoundException {
		for (Class<?> type : List.of(Observation.class, SocketProbe.class, EngineProbe.class, ConnectProbe.class,
				DropProbe.class, EndpointCall.class, ConnectStep.class)) {
			Class.forName(type.getName(), true, type.getClassLoader());
		}
	}

	private static InstrumentationOutcome define(List<Changed> classes) throws IllegalAccessException {
		for (Changed changed : classes) {
			try {
				changed.lookup().defineClass(changed.bytes());
			}
			catch (LinkageError ex) {
				if (ex.getClass() != LinkageError.class) {
					throw ex;
				}
				return new InstrumentationOutcome(Status.ALREADY_LOADED, changed.name());
			}
		}
		return InstrumentationOutcome.of(Status.INSTALLED);
	}

	private record Changed(String name, byte[] bytes, MethodHandles.Lookup lookup) {
	}

}
