/*
 * Hands the events of ZeroMQ sockets on to zmq-monitor. Needs libzmq 4.3 or later and POSIX threads, and nothing else.
 *
 *     void *socket = zmq_socket (context, ZMQ_REP);
 *     zmq_monitor_forward (context, socket, "orders", "tcp://127.0.0.1:5600");
 *     zmq_bind (socket, "tcp://127.0.0.1:5555");
 *
 * Call zmq_monitor_forward() before zmq_bind() and zmq_connect(), on the thread that uses the socket: what happened before is
 * not known. libzmq allows one monitor a socket; one that was there before ends. Each socket has a detached thread, which waits
 * for nobody but the monitor: what can't be sent at once is dropped, and zmq-monitor is told how many events there should have
 * been. The thread ends with the socket. Where the receiver asks for a password, it is in the environment variable
 * ZMQ_MONITOR_NATIVE_PASSWORD.
 *
 * Compile it with the application, or alone as a demonstration:
 *
 *     gcc -DZMQ_MONITOR_FORWARDER_MAIN -o zmq_monitor_forwarder zmq_monitor_forwarder.c -lzmq -pthread
 *     ./zmq_monitor_forwarder tcp://127.0.0.1:5600 orders bind tcp://127.0.0.1:5555
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

#define HEARTBEAT_SECONDS 5
#define FRAMES 16

typedef struct {
    void *pair;
    void *push;
    char name[101];
    const char *type;
    char instance[40];
    unsigned long long events;
} source_t;

static const char *const types[] = {"PAIR",   "PUB",    "SUB",  "REQ",  "REP",    "DEALER",  "ROUTER", "PULL", "PUSH",    "XPUB",
                                    "XSUB",   "STREAM", "SERVER", "CLIENT", "RADIO", "DISH", "GATHER", "SCATTER", NULL, "PEER",
                                    "CHANNEL"};
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static void *own_context;
static unsigned int instances;

static void make_context (void)
{
    own_context = zmq_ctx_new ();
}

static void set (void *socket, int option, int value)
{
    zmq_setsockopt (socket, option, &value, sizeof value);
}

static int send_frame (source_t *source, const void *data, size_t size, int more)
{
    return zmq_send (source->push, data, size, ZMQ_DONTWAIT | (more ? ZMQ_SNDMORE : 0));
}

/* Only the first frame of a message can be refused: a message is queued whole or not at all. */
static int send_header (source_t *source)
{
    if (send_frame (source, source->name, strlen (source->name), 1) < 0)
        return -1;
    return send_frame (source, source->type, strlen (source->type), 1);
}

static void send_heartbeat (source_t *source)
{
    char text[80];
    int size = snprintf (text, sizeof text, "%s %llu", source->instance, source->events);
    if (send_header (source) >= 0)
        send_frame (source, text, (size_t) size, 0);
}

/* Takes one event from the monitor and sends it. Returns 1 as long as there may be more, 0 after the last, -1 if there is none. */
static int forward_event (source_t *source)
{
    zmq_msg_t frames[FRAMES];
    int count = 0, more = 1, last = 0;
    while (more) {
        zmq_msg_t frame;
        zmq_msg_init (&frame);
        if (zmq_msg_recv (&frame, source->pair, ZMQ_DONTWAIT) < 0) {
            zmq_msg_close (&frame);
            break;
        }
        more = zmq_msg_more (&frame);
        if (count < FRAMES) {
            zmq_msg_init (&frames[count]);
            zmq_msg_move (&frames[count++], &frame);
        }
        zmq_msg_close (&frame);
    }
    if (count == 0)
        return -1;
    source->events++;
    if (zmq_msg_size (&frames[0]) >= 2) {
        unsigned short event;
        memcpy (&event, zmq_msg_data (&frames[0]), sizeof event);
        last = event == ZMQ_EVENT_MONITOR_STOPPED;
    }
    int sending = send_header (source) >= 0;
    for (int i = 0; i < count; i++) {
        if (sending)
            send_frame (source, zmq_msg_data (&frames[i]), zmq_msg_size (&frames[i]), i < count - 1);
        zmq_msg_close (&frames[i]);
    }
    return !last;
}

/* A context that is terminated leaves the monitor no time to tell. */
static void send_end (source_t *source)
{
    unsigned char event[6] = {0};
    unsigned short code = ZMQ_EVENT_MONITOR_STOPPED;
    memcpy (event, &code, sizeof code);
    if (send_header (source) >= 0) {
        send_frame (source, event, sizeof event, 1);
        send_frame (source, "", 0, 0);
    }
}

static void *run (void *argument)
{
    source_t *source = argument;
    time_t due = 0;
    int going = 1;
    while (going) {
        struct timespec now;
        clock_gettime (CLOCK_MONOTONIC, &now);
        if (now.tv_sec >= due) {
            send_heartbeat (source);
            due = now.tv_sec + HEARTBEAT_SECONDS;
        }
        zmq_pollitem_t item = {source->pair, 0, ZMQ_POLLIN, 0};
        int rc = zmq_poll (&item, 1, 1000);
        if (rc < 0 && errno == EINTR)
            continue;
        if (rc < 0) {
            send_end (source);
            break;
        }
        for (int i = 0; going && rc > 0 && i < 1000; i++) {
            int more = forward_event (source);
            if (more < 0)
                break;
            going = more;
        }
    }
    /* The application may wait for its context to end; what is on its way to the receiver gets a moment after that. */
    zmq_close (source->pair);
    usleep (200 * 1000);
    zmq_close (source->push);
    free (source);
    return NULL;
}

/* Monitors a socket from now on. Returns 0, or -1 with errno set, in which case the socket is as it was. */
int zmq_monitor_forward (void *context, void *socket, const char *name, const char *receiver)
{
    pthread_once (&once, make_context);
    source_t *source = calloc (1, sizeof *source);
    if (source == NULL || own_context == NULL) {
        free (source);
        errno = ENOMEM;
        return -1;
    }
    int type = -1;
    size_t size = sizeof type;
    char address[80];
    pthread_mutex_lock (&mutex);
    snprintf (source->instance, sizeof source->instance, "%d-%lx-%u", (int) getpid (), (unsigned long) time (NULL), ++instances);
    pthread_mutex_unlock (&mutex);
    snprintf (source->name, sizeof source->name, "%s", name);
    snprintf (address, sizeof address, "inproc://zmq-monitor-forwarder-%s", source->instance);
    zmq_getsockopt (socket, ZMQ_TYPE, &type, &size);
    source->type = type >= 0 && type < (int) (sizeof types / sizeof *types) && types[type] ? types[type] : "UNKNOWN";
    source->push = zmq_socket (own_context, ZMQ_PUSH);
    source->pair = zmq_socket (context, ZMQ_PAIR);
    if (source->push != NULL && source->pair != NULL) {
        set (source->push, ZMQ_LINGER, 0);
        set (source->push, ZMQ_SNDHWM, 1000);
        set (source->push, ZMQ_HANDSHAKE_IVL, 2000);
        const char *password = getenv ("ZMQ_MONITOR_NATIVE_PASSWORD");
        if (password != NULL && *password != '\0') {
            zmq_setsockopt (source->push, ZMQ_PLAIN_USERNAME, "zmq-monitor", strlen ("zmq-monitor"));
            zmq_setsockopt (source->push, ZMQ_PLAIN_PASSWORD, password, strlen (password));
        }
        set (source->pair, ZMQ_LINGER, 0);
        /* Without a limit: at a limit libzmq waits for the reader, and the application with it. */
        set (source->pair, ZMQ_RCVHWM, 0);
        pthread_t thread;
        /* First the reader, then the monitor, which would wait for it. */
        if (zmq_connect (source->push, receiver) == 0 && zmq_connect (source->pair, address) == 0
            && zmq_socket_monitor (socket, address, ZMQ_EVENT_ALL) == 0) {
            if (pthread_create (&thread, NULL, run, source) == 0) {
                pthread_detach (thread);
                return 0;
            }
            zmq_socket_monitor (socket, NULL, 0);
            errno = EAGAIN;
        }
    }
    int error = errno;
    if (source->pair != NULL)
        zmq_close (source->pair);
    if (source->push != NULL)
        zmq_close (source->push);
    free (source);
    errno = error;
    return -1;
}

#ifdef ZMQ_MONITOR_FORWARDER_MAIN
/* A REP socket that is monitored, bound (or a REQ socket that is connected), and closed at the end of the input. */
int main (int argc, char **argv)
{
    if (argc != 5) {
        fprintf (stderr, "usage: %s RECEIVER NAME bind|connect ADDRESS\n", argv[0]);
        return 2;
    }
    int binds = strcmp (argv[3], "bind") == 0;
    void *context = zmq_ctx_new ();
    void *socket = zmq_socket (context, binds ? ZMQ_REP : ZMQ_REQ);
    set (socket, ZMQ_LINGER, 0);
    if (zmq_monitor_forward (context, socket, argv[2], argv[1]) != 0 || (binds ? zmq_bind : zmq_connect) (socket, argv[4]) != 0) {
        fprintf (stderr, "%s\n", zmq_strerror (zmq_errno ()));
        usleep (300 * 1000);
        return 1;
    }
    puts ("until the end of the input");
    fflush (stdout);
    while (getchar () != EOF)
        ;
    zmq_close (socket);
    zmq_ctx_term (context);
    usleep (300 * 1000);
    return 0;
}
#endif
