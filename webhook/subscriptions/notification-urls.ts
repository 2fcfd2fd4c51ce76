/** The addresses the provider rings at. It keeps a query string on every delivery (graph-contract 1.2), so a salt travels there. */
export class NotificationUrls {
  private readonly notifications: string

  constructor(private readonly publicUrl: string) {
    this.notifications = `${publicUrl}/webhooks/graph/notifications`
  }

  of(salt: string): { notificationUrl: string; lifecycleUrl: string } {
    return {
      notificationUrl: `${this.notifications}?s=${salt}`,
      lifecycleUrl: `${this.publicUrl}/webhooks/graph/lifecycle`,
    }
  }

  /** Whether it rings here; one that rings elsewhere may be another installation's. */
  isOurs(url: string): boolean {
    return url === this.notifications || url.startsWith(`${this.notifications}?`)
  }

  /** Null when it does not ring here, or names no salt. */
  saltOf(url: string): string | null {
    return this.isOurs(url) && URL.canParse(url) ? new URL(url).searchParams.get('s') : null
  }
}
