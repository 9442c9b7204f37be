package io.github.zmqmonitor.internal.libzmq;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The symbols of error numbers in libzmq's events. The numbers are the platform's, so
 * that those above 34 differ; a number that isn't certain has no symbol.
 */
final class ErrorNumbers {

	private static final int LIBZMQ = 156384712;

	private static final int AGAIN = 11;

	private static final String[] COMMON = { "EPERM", "ENOENT", "ESRCH", "EINTR", "EIO", "ENXIO", "E2BIG", "ENOEXEC",
			"EBADF", "ECHILD", "EAGAIN", "ENOMEM", "EACCES", "EFAULT", "ENOTBLK", "EBUSY", "EEXIST", "EXDEV", "ENODEV",
			"ENOTDIR", "EISDIR", "EINVAL", "ENFILE", "EMFILE", "ENOTTY", "ETXTBSY", "EFBIG", "ENOSPC", "ESPIPE",
			"EROFS", "EMLINK", "EPIPE", "EDOM", "ERANGE" };

	private static final String LINUX = """
			35:EDEADLK 36:ENAMETOOLONG 38:ENOSYS 40:ELOOP 71:EPROTO
			75:EOVERFLOW 88:ENOTSOCK 89:EDESTADDRREQ 90:EMSGSIZE 91:EPROTOTYPE
			92:ENOPROTOOPT 93:EPROTONOSUPPORT 94:ESOCKTNOSUPPORT 95:ENOTSUP 96:EPFNOSUPPORT
			97:EAFNOSUPPORT 98:EADDRINUSE 99:EADDRNOTAVAIL 100:ENETDOWN 101:ENETUNREACH
			102:ENETRESET 103:ECONNABORTED 104:ECONNRESET 105:ENOBUFS 106:EISCONN
			107:ENOTCONN 108:ESHUTDOWN 109:ETOOMANYREFS 110:ETIMEDOUT 111:ECONNREFUSED
			112:EHOSTDOWN 113:EHOSTUNREACH 114:EALREADY 115:EINPROGRESS""";

	private static final String OWN = """
			1:ENOTSUP 2:EPROTONOSUPPORT 3:ENOBUFS 4:ENETDOWN 5:EADDRINUSE
			6:EADDRNOTAVAIL 7:ECONNREFUSED 8:EINPROGRESS 9:ENOTSOCK 10:EMSGSIZE
			11:EAFNOSUPPORT 12:ENETUNREACH 13:ECONNABORTED 14:ECONNRESET 15:ENOTCONN
			16:ETIMEDOUT 17:EHOSTUNREACH 18:ENETRESET 51:EFSM 52:ENOCOMPATPROTO
			53:ETERM 54:EMTHREAD""";

	private ErrorNumbers() {
	}

	/** The symbols on the platform that this is run on. */
	static Map<Integer, String> here() {
		return of(System.getProperty("os.name", ""));
	}

	static Map<Integer, String> of(String platform) {
		Map<Integer, String> symbols = new HashMap<>();
		for (int i = 0; i < COMMON.length; i++) {
			symbols.put(i + 1, COMMON[i]);
		}
		if (platform.toLowerCase(Locale.ROOT).startsWith("linux")) {
			add(symbols, LINUX, 0);
		}
		else {
			symbols.remove(AGAIN);
		}
		add(symbols, OWN, LIBZMQ);
		return Map.copyOf(symbols);
	}

	private static void add(Map<Integer, String> symbols, String table, int offset) {
		for (String entry : table.trim().split("\\s+")) {
			String[] parts = entry.split(":");
			symbols.put(offset + Integer.parseInt(parts[0]), parts[1]);
		}
	}

}
