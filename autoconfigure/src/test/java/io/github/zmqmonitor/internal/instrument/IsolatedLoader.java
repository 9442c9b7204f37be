package io.github.zmqmonitor.internal.instrument;

import java.io.IOException;
import java.io.InputStream;

/**
 * Has its own copies of JeroMQ's and this library's classes, as a fresh JVM would.
 */
class IsolatedLoader extends ClassLoader {

	IsolatedLoader() {
		super(IsolatedLoader.class.getClassLoader());
		setDefaultAssertionStatus(IsolatedLoader.class.desiredAssertionStatus());
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (!isOwn(name)) {
			return super.loadClass(name, resolve);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : findClass(name);
		}
	}

	@Override
	protected Class<?> findClass(String name) throws ClassNotFoundException {
		try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
			if (stream == null) {
				throw new ClassNotFoundException(name);
			}
			byte[] bytes = stream.readAllBytes();
			return defineClass(name, bytes, 0, bytes.length);
		}
		catch (IOException ex) {
			throw new ClassNotFoundException(name, ex);
		}
	}

	protected boolean isOwn(String name) {
		return name.startsWith("zmq.") || name.startsWith("org.zeromq.") || name.startsWith("io.github.zmqmonitor.");
	}

	/**
	 * Install the instrumentation of this loader's copy of the library.
	 * @return the outcome as text
	 */
	String install() throws Exception {
		Class<?> instrumentation = loadClass(JeromqInstrumentation.class.getName());
		return instrumentation.getMethod("install", ClassLoader.class).invoke(null, this).toString();
	}

	boolean hasLoaded(String name) {
		return findLoadedClass(name) != null;
	}

}
