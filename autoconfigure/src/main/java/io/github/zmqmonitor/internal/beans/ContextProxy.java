package io.github.zmqmonitor.internal.beans;

import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZThread;

import org.springframework.aot.AotDetector;
import org.springframework.cglib.core.ClassLoaderAwareGeneratorStrategy;
import org.springframework.cglib.core.ReflectUtils;
import org.springframework.cglib.core.SpringNamingPolicy;
import org.springframework.cglib.proxy.Callback;
import org.springframework.cglib.proxy.CallbackFilter;
import org.springframework.cglib.proxy.Dispatcher;
import org.springframework.cglib.proxy.Enhancer;
import org.springframework.cglib.proxy.Factory;
import org.springframework.cglib.proxy.InvocationHandler;
import org.springframework.cglib.proxy.NoOp;
import org.springframework.objenesis.ObjenesisException;
import org.springframework.objenesis.SpringObjenesis;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Turns a context into a class proxy of itself, whose sockets are monitored.
 */
public final class ContextProxy implements InvocationHandler {

	/** The methods that do something else than those of the context. */
	static final Set<String> METHODS = Set.of("createSocket", "destroySocket", "closeSocket", "getSockets", "shadow",
			"fork", "equals", "hashCode");

	private static final Class<?>[] CALLBACKS = { InvocationHandler.class, Dispatcher.class, NoOp.class };

	private static final int HERE = 0;

	private static final int AT_TARGET = 1;

	private static final int INHERITED = 2;

	private static final CallbackFilter CALLBACK_OF_METHOD = ContextProxy::destination;

	private static final ClassValue<Map<ClassLoader, WeakReference<Class<?>>>> TYPES = new ClassValue<>() {

		@Override
		protected Map<ClassLoader, WeakReference<Class<?>>> computeValue(Class<?> type) {
			return new WeakHashMap<>(2);
		}

	};

	private static final SpringObjenesis OBJENESIS = new SpringObjenesis();

	private final BeanSockets sockets;

	private final String name;

	private final ZContext target;

	private ContextProxy(BeanSockets sockets, String name, ZContext target) {
		this.sockets = sockets;
		this.name = name;
		this.target = target;
	}

	static ZContext of(BeanSockets sockets, String name, ZContext context, @Nullable ClassLoader classLoader) {
		Factory proxy = (Factory) newInstance(typeFor(context.getClass(), classLoader));
		Dispatcher toTarget = () -> context;
		proxy.setCallbacks(new Callback[] { new ContextProxy(sockets, name, context), toTarget, NoOp.INSTANCE });
		return (ZContext) proxy;
	}

	/**
	 * The class that proxies of a class of contexts have, or that class itself if it
	 * can't be followed.
	 */
	public static Class<?> typeOf(Class<?> contextType, @Nullable ClassLoader classLoader) {
		try {
			return typeFor(contextType, classLoader);
		}
		catch (RuntimeException ex) {
			return contextType;
		}
	}

	/** The class that proxies of a class of contexts have. */
	private static Class<?> typeFor(Class<?> contextType, @Nullable ClassLoader classLoader) {
		ClassLoader loader = (classLoader != null) ? classLoader : contextType.getClassLoader();
		Map<ClassLoader, WeakReference<Class<?>>> types = TYPES.get(contextType);
		synchronized (types) {
			WeakReference<Class<?>> reference = types.get(loader);
			Class<?> known = (reference != null) ? reference.get() : null;
			if (known == null) {
				known = generate(contextType, classLoader);
				types.put(loader, new WeakReference<>(known));
			}
			return known;
		}
	}

	private static Class<?> generate(Class<?> contextType, @Nullable ClassLoader classLoader) {
		Enhancer enhancer = new Enhancer();
		if (classLoader != null) {
			enhancer.setClassLoader(classLoader);
			enhancer.setStrategy(new ClassLoaderAwareGeneratorStrategy(classLoader));
		}
		enhancer.setAttemptLoad(AotDetector.useGeneratedArtifacts());
		enhancer.setNamingPolicy(SpringNamingPolicy.INSTANCE);
		enhancer.setSuperclass(ClassUtils.getUserClass(contextType));
		enhancer.setCallbackFilter(CALLBACK_OF_METHOD);
		enhancer.setCallbackTypes(CALLBACKS);
		return enhancer.createClass();
	}

	/**
	 * Where a call of a method goes. A dispatcher can't call what is protected, nor can
	 * this class what only objects may do to themselves.
	 */
	private static int destination(Method method) {
		boolean ofAnyObject = method.getDeclaringClass() == Object.class;
		if (Modifier.isProtected(method.getModifiers())) {
			return (ofAnyObject || method.getName().equals("finalize")) ? INHERITED : HERE;
		}
		return METHODS.contains(method.getName()) ? HERE : AT_TARGET;
	}

	private static Object newInstance(Class<?> type) {
		if (OBJENESIS.isWorthTrying()) {
			try {
				return OBJENESIS.newInstance(type, true);
			}
			catch (ObjenesisException ex) {
				// by its constructor, then
			}
		}
		return ReflectUtils.newInstance(type);
	}

	static boolean isProxied(ZContext context) {
		return callbackOf(context) instanceof ContextProxy;
	}

	private static @Nullable Callback callbackOf(@Nullable Object object) {
		return (object instanceof Factory factory) ? factory.getCallback(HERE) : null;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
		return switch (method.getName()) {
			case "createSocket" -> monitored(proceed(method, arguments));
			case "destroySocket", "closeSocket" -> proceed(method, real(arguments[0]));
			case "getSockets" -> monitoredAll(proceed(method, arguments));
			case "shadow" -> shadow(proceed(method, arguments), proxy);
			case "fork" ->
				ZThread.fork((ZContext) proxy, (ZThread.IAttachedRunnable) arguments[0], (Object[]) arguments[1]);
			case "equals" -> callbackOf(arguments[0]) instanceof ContextProxy other && this.target.equals(other.target);
			default -> proceed(method, arguments);
		};
	}

	private @Nullable Object proceed(Method method, @Nullable Object... arguments) throws Throwable {
		ReflectionUtils.makeAccessible(method);
		try {
			return method.invoke(this.target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private @Nullable Object monitored(@Nullable Object socket) {
		return (socket instanceof ZMQ.Socket real) ? this.sockets.created(real, this.name) : socket;
	}

	private static @Nullable Object real(@Nullable Object socket) {
		return (socket instanceof MonitoredSocket monitored) ? monitored.real() : socket;
	}

	private @Nullable Object monitoredAll(@Nullable Object sockets) {
		return (sockets instanceof List<?> list)
				? new ArrayList<Object>(list.stream().map(this.sockets::viewOf).toList()) : sockets;
	}

	private @Nullable Object shadow(@Nullable Object shadow, Object proxy) {
		return (shadow instanceof ZContext context)
				? this.sockets.context(this.name, context, proxy.getClass().getClassLoader()) : shadow;
	}

}
