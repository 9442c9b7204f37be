package io.github.zmqmonitor.internal.kernel;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The best way to the kernel that there is. By netlink only where the JVM lets this
 * module call native functions without a warning, or where that is asked for.
 */
public final class KernelAccess implements KernelReader {

	private static final Log logger = LogFactory.getLog("io.github.zmqmonitor.monitor.ZmqMonitor");

	private static final Path FOLDER = Path.of("/proc/self/net");

	private static final int FOREIGN_FUNCTIONS = 22;

	private final @Nullable ProcReader tables;

	private volatile @Nullable NetlinkReader netlink;

	private KernelAccess(@Nullable NetlinkReader netlink, @Nullable ProcReader tables) {
		this.netlink = netlink;
		this.tables = tables;
	}

	/**
	 * Look for a way.
	 * @param netlink whether to use netlink, {@code null} for where native access is
	 * enabled
	 * @param maxLines how many lines the tables of TCP sockets may have
	 * @return the way, {@code null} if there is none, which is said in the log
	 */
	public static @Nullable KernelAccess open(@Nullable Boolean netlink, int maxLines) {
		return open(netlink, maxLines, FOLDER);
	}

	static @Nullable KernelAccess open(@Nullable Boolean netlink, int maxLines, Path folder) {
		if (!isPossible()) {
			logger.info("What the kernel knows of TCP connections is read on Linux only");
			return null;
		}
		NetlinkReader reader = ((netlink != null) ? netlink : isNativeAccessEnabled()) ? openNetlink() : null;
		ProcReader tables = new ProcReader(folder, maxLines);
		if (reader == null && !tables.isUsable()) {
			logger.info("What the kernel knows of TCP connections can't be read: no access to " + folder + "/tcp");
			return null;
		}
		return new KernelAccess(reader, tables.isUsable() ? tables : null);
	}

	/** Whether this is a system whose kernel can be asked. */
	public static boolean isPossible() {
		return "Linux".equals(System.getProperty("os.name"));
	}

	private static boolean isNativeAccessEnabled() {
		if (Runtime.version().feature() < FOREIGN_FUNCTIONS) {
			return false;
		}
		try {
			Module module = KernelAccess.class.getModule();
			return (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(module);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return false;
		}
	}

	private static @Nullable NetlinkReader openNetlink() {
		if (Runtime.version().feature() < FOREIGN_FUNCTIONS) {
			logger.info("TCP connections can't be read by netlink: that needs Java 22 or later");
			return null;
		}
		try {
			NetlinkReader reader = new NetlinkReader(new NativeSocket());
			if (reader.isUsable()) {
				return reader;
			}
			logger.info("TCP connections can't be read by netlink: no socket of it can be had");
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			logger.info("TCP connections can't be read by netlink: " + cause);
		}
		return null;
	}

	@Override
	public @Nullable Map<TcpTuple, KernelConnection> read(Collection<TcpTuple> connections) {
		NetlinkReader netlink = this.netlink;
		ProcReader tables = this.tables;
		Map<TcpTuple, KernelConnection> found = (netlink != null) ? netlink.read(connections) : null;
		if (tables == null || (found != null && (!found.isEmpty() || connections.isEmpty()))) {
			return found;
		}
		Map<TcpTuple, KernelConnection> listed = tables.read(connections);
		if (found != null && listed != null && !listed.isEmpty()) {
			// a kernel without tcp_diag finds nothing, and gives no other answer
			this.netlink = null;
			logger.info("TCP connections can't be read by netlink: this kernel does not answer");
		}
		return (listed != null) ? listed : found;
	}

	@Override
	public boolean readsInfo() {
		return this.netlink != null;
	}

}
