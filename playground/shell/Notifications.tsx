import React, { useEffect, useState } from 'react';

import { AppEvents, type BusEvent, type BusEventType } from '@grafana/data';
import { getAppEvents } from '@grafana/runtime';
import { Alert, type AlertVariant, Portal, Stack } from '@grafana/ui';

/** How long a notification stays, in ms. */
const STAYS = 8_000;

interface Notification {
  key: number;
  severity: AlertVariant;
  title: string;
  text?: string;
}

/** What Grafana's alert events carry: a title and an optional text. */
interface Announcement extends BusEvent {
  payload: [title: string, text?: string];
}

const SEVERITIES = [
  [AppEvents.alertError, 'error'],
  [AppEvents.alertWarning, 'warning'],
  [AppEvents.alertSuccess, 'success'],
  [AppEvents.alertInfo, 'info'],
] as const;

let keys = 0;

/** Shows what plugins and the page's own services announce on Grafana's event bus. */
export function Notifications() {
  const [shown, setShown] = useState<Notification[]>([]);
  useEffect(() => {
    const subscriptions = SEVERITIES.map(([type, severity]) =>
      getAppEvents()
        .getStream<Announcement>({ type: type.name } as BusEventType<Announcement>)
        .subscribe(({ payload: [title, text] }) => {
          const notification = { key: ++keys, severity, title, text };
          setShown((current) => [...current, notification]);
          setTimeout(() => setShown((current) => current.filter(({ key }) => key !== notification.key)), STAYS);
        })
    );
    return () => subscriptions.forEach((subscription) => subscription.unsubscribe());
  }, []);
  if (shown.length === 0) {
    return null;
  }
  return (
    <Portal>
      <div style={{ position: 'fixed', top: 16, right: 16, width: 420 }} role="status">
        <Stack direction="column" gap={1}>
          {shown.map(({ key, severity, title, text }) => (
            <Alert
              key={key}
              severity={severity}
              title={title}
              elevated
              onRemove={() => setShown((current) => current.filter((one) => one.key !== key))}
            >
              {text}
            </Alert>
          ))}
        </Stack>
      </div>
    </Portal>
  );
}
