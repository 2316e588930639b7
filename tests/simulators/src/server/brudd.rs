//! A listener whose connections can be cut from inside a handler, as a network does: after the receiver has acted,
//! before the sender has been told.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use axum::{extract::connect_info::Connected, serve::IncomingStream};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// The connection a request came in on. Handlers take it as `ConnectInfo<Forbindelse>`.
#[derive(Clone, Debug)]
pub struct Forbindelse(Arc<AtomicBool>);

impl Forbindelse {
    /// Nothing more is written: the client sees the connection close without an answer.
    pub fn kutt(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl Connected<IncomingStream<'_, Lytter>> for Forbindelse {
    fn connect_info(strom: IncomingStream<'_, Lytter>) -> Self {
        strom.io().forbindelse.clone()
    }
}

/// Accepts connections that can be cut, one by one or all at once by `stopp`.
pub(super) struct Lytter {
    inne: TcpListener,
    stopp: CancellationToken,
}

impl Lytter {
    pub(super) fn new(inne: TcpListener, stopp: CancellationToken) -> Self {
        Self { inne, stopp }
    }
}

impl axum::serve::Listener for Lytter {
    type Io = Kuttbar;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Kuttbar, SocketAddr) {
        let (strom, adresse) = axum::serve::Listener::accept(&mut self.inne).await;
        // Small answers on loopback wait 40 ms for an ack with Nagle on; a failure to switch it off only costs time.
        let _ = strom.set_nodelay(true);
        let forbindelse = Forbindelse(Arc::new(AtomicBool::new(false)));
        let stoppet = Box::pin(self.stopp.clone().cancelled_owned());
        (Kuttbar { strom, forbindelse, stoppet }, adresse)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inne.local_addr()
    }
}

/// A stream that ends when its [`Forbindelse`] is cut or the server stops.
pub(super) struct Kuttbar {
    strom: TcpStream,
    forbindelse: Forbindelse,
    stoppet: Pin<Box<WaitForCancellationFutureOwned>>,
}

impl Kuttbar {
    fn er_kuttet(&mut self, cx: &mut Context<'_>) -> bool {
        self.forbindelse.0.load(Ordering::SeqCst) || self.stoppet.as_mut().poll(cx).is_ready()
    }
}

fn kuttet<T>() -> Poll<io::Result<T>> {
    Poll::Ready(Err(io::Error::new(io::ErrorKind::ConnectionAborted, "cut by the simulator")))
}

impl AsyncRead for Kuttbar {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.er_kuttet(cx) { kuttet() } else { Pin::new(&mut self.strom).poll_read(cx, buf) }
    }
}

impl AsyncWrite for Kuttbar {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if self.er_kuttet(cx) { kuttet() } else { Pin::new(&mut self.strom).poll_write(cx, buf) }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.strom).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.strom).poll_shutdown(cx)
    }
}
